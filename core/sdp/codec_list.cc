#include "core/sdp/codec_list.h"

#include <algorithm>

#include "core/ice/token.h"
#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/stable_order.h"
#include "core/sdp/static_codec.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

using ice::EqualsIgnoringCase;

Codec CodecOf(std::string_view format) {
  Codec codec;
  codec.format = format;
  if (const StaticCodec* known = FindStaticCodec(format)) {
    codec.encoding_name = known->encoding_name;
    codec.clock_rate = known->clock_rate;
    codec.channels = known->channels;
  }
  return codec;
}

void ReadRtpmap(const Line& line, size_t index, Codec& codec) {
  const auto map = TypedLine(line).As<Rtpmap>();
  if (!map.ok()) return;
  codec.encoding_name = map->encoding_name;
  codec.clock_rate = map->clock_rate;
  codec.channels = map->encoding_parameters.value_or("");
  codec.rtpmap_line = index;
}

// A longer one says nothing that 128 payload types could need.
constexpr size_t kMaxCarrierLine = 1024;

constexpr std::string_view kHelpers[] = {"rtx",        "red",       "ulpfec", "flexfec",
                                         "flexfec-03", "parityfec", "CN",     "telephone-event"};

}  // namespace

bool Codec::Is(std::string_view name) const { return EqualsIgnoringCase(encoding_name, name); }

bool Codec::is_helper() const {
  return std::any_of(std::begin(kHelpers), std::end(kHelpers),
                     [this](std::string_view name) { return Is(name); });
}

std::optional<CodecList> CodecList::Of(const Document& document, size_t section) {
  if (section == 0 || section >= document.sections().size()) return std::nullopt;
  const Section& where = document.sections()[section];
  std::optional<MediaLine> media = MediaLine::Parse(document.lines()[where.first_line].text());
  if (!media || !media->is_rtp()) return std::nullopt;
  CodecList list;
  list.media_ = *std::move(media);
  list.media_line_ = where.first_line;
  for (const std::string_view format : list.media_.formats) {
    list.by_format_.push_back(list.codecs_.size());
    list.codecs_.push_back(CodecOf(format));
  }
  SortStably(list.by_format_,
             [&](size_t a, size_t b) { return list.codecs_[a].format < list.codecs_[b].format; });
  for (size_t i = where.first_line + 1; i < where.end_line; ++i) {
    const Line& line = document.lines()[i];
    const auto format = FormatOf(line);
    const auto codec = format ? list.Find(*format) : std::nullopt;
    if (!codec) continue;
    Codec& found = list.codecs_[*codec];
    const std::string_view name = line.attribute()->name;
    if (name == "rtpmap" && !found.rtpmap_line) ReadRtpmap(line, i, found);
    if (name == "fmtp" && !found.fmtp_line) found.fmtp_line = i;
  }
  // A format that stands twice is the same codec twice.
  for (Codec& codec : list.codecs_) codec = list.codecs_[*list.Find(codec.format)];
  return list;
}

std::optional<size_t> CodecList::Find(std::string_view format) const {
  const auto at = std::lower_bound(
      by_format_.begin(), by_format_.end(), format,
      [this](size_t codec, std::string_view wanted) { return codecs_[codec].format < wanted; });
  if (at == by_format_.end() || codecs_[*at].format != format) return std::nullopt;
  return *at;
}

std::vector<std::string_view> CodecList::CarriedBy(const Document& document, size_t codec) const {
  const Codec& carrier = codecs_[codec];
  if (!carrier.fmtp_line || !(carrier.Is("rtx") || carrier.Is("red"))) return {};
  const Line& line = document.lines()[*carrier.fmtp_line];
  if (line.text().size() > kMaxCarrierLine) return {};
  const auto fmtp = TypedLine(line).As<Fmtp>();
  if (!fmtp.ok()) return {};
  if (carrier.Is("red")) return RedFormats(fmtp->parameters.front().name);
  for (const FormatParameter& parameter : fmtp->parameters) {
    if (EqualsIgnoringCase(Trimmed(parameter.name), "apt") && parameter.value) {
      return {Trimmed(*parameter.value)};
    }
  }
  return {};
}

CodecName::CodecName(std::string_view text) : name_(text) {
  is_format_ = !text.empty() && kDigits.Measure(text) == text.size();
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return;
  name_ = text.substr(0, slash);
  clock_rate_ = text.substr(slash + 1);
  const size_t second = clock_rate_.find('/');
  if (second == std::string_view::npos) return;
  channels_ = clock_rate_.substr(second + 1);
  clock_rate_ = clock_rate_.substr(0, second);
}

bool CodecName::Matches(const Codec& codec) const {
  if (is_format_) return codec.format == name_;
  if (name_.empty() || !codec.Is(name_)) return false;
  if (!clock_rate_.empty() && clock_rate_ != std::to_string(codec.clock_rate)) return false;
  // RFC 8866 section 6.6: one channel need not be said.
  const std::string_view channels = codec.channels.empty() ? "1" : codec.channels;
  return channels_.empty() || channels_ == channels;
}

std::optional<std::string_view> FormatOf(const Line& line) {
  const std::optional<Attribute> attribute = line.attribute();
  if (!attribute || !attribute->value) return std::nullopt;
  const std::string_view name = attribute->name;
  if (name != "rtpmap" && name != "fmtp" && name != "rtcp-fb" && name != "imageattr" &&
      name != "framesize") {
    return std::nullopt;
  }
  const std::string_view value = Trimmed(*attribute->value);
  return value.substr(0, kNonSpace.Measure(value));
}

std::vector<std::string_view> RedFormats(std::string_view value) {
  std::vector<std::string_view> formats;
  value = Trimmed(value);
  for (size_t at = 0; at <= value.size();) {
    const size_t end = std::min(value.find('/', at), value.size());
    const std::string_view format = value.substr(at, end - at);
    if (format.empty() || kDigits.Measure(format) != format.size()) return {};
    formats.push_back(format);
    at = end + 1;
  }
  return formats;
}

}  // namespace koeru::sdp
