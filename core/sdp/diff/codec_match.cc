#include "core/sdp/diff/codec_match.h"

#include <algorithm>
#include <functional>

#include "core/ice/token.h"
#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/stable_order.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

using Rename = std::function<std::string(std::string_view format)>;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ice::ToLower);
  return lower;
}

// RFC 8866 section 6.6: the case of names does not matter, and one channel need not be said.
std::string Identity(const Codec& codec) {
  if (codec.encoding_name.empty()) return std::string(codec.format);
  std::string identity = Lower(codec.encoding_name) + '/' + std::to_string(codec.clock_rate);
  if (!codec.channels.empty() && codec.channels != "1") {
    identity += '/';
    identity += codec.channels;
  }
  return identity;
}

// The parameters sorted by name, spaces and the case of names aside. Payload types in them are told
// by `rename`.
std::string Parameters(const Document& document, const CodecList& list, size_t index,
                       const Rename& rename) {
  const Codec& codec = list.codecs()[index];
  if (!codec.fmtp_line) return {};
  const Line& line = document.lines()[*codec.fmtp_line];
  const auto carried = list.CarriedBy(document, index);
  const auto fmtp = TypedLine(line).As<Fmtp>();
  if (!fmtp.ok()) return std::string(line.value());
  std::vector<std::string> texts;
  if (codec.Is("red") && !carried.empty()) {
    std::string text;
    for (const std::string_view format : carried) text += rename(format) + '/';
    return text;
  }
  for (const FormatParameter& parameter : fmtp->parameters) {
    std::string text = Lower(Trimmed(parameter.name));
    if (text.empty() && !parameter.value) continue;
    if (parameter.value) {
      text += '=';
      const std::string_view value = Trimmed(*parameter.value);
      text += text == "apt=" && !carried.empty() ? rename(value) : std::string(value);
    }
    texts.push_back(std::move(text));
  }
  Arrange(texts,
          StableOrder(texts.size(), [&](size_t a, size_t b) { return texts[a] < texts[b]; }));
  std::string all;
  for (const std::string& text : texts) all.append(text).append(";");
  return all;
}

// FNV-1a: keys stay short, however long the parameters are. The same on every machine.
std::string Digest(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  return std::to_string(hash);
}

// For a format that stands twice in the m= line: the same codec again.
bool IsRepeated(const CodecList& list, size_t codec) {
  return list.Find(list.codecs()[codec].format) != codec;
}
std::string RepeatedKey(const Codec& codec) { return ' ' + std::string(codec.format); }

// What a codec is, its parameters included; a payload type in them stands for what it is.
std::vector<std::string> FullKeys(const Document& document, const CodecList& list) {
  const size_t count = list.codecs().size();
  std::vector<std::string> keys(count);
  const auto as_is = [](std::string_view format) { return std::string(format); };
  for (size_t i = 0; i < count; ++i) {
    const Codec& codec = list.codecs()[i];
    keys[i] = IsRepeated(list, i)
                  ? RepeatedKey(codec)
                  : Identity(codec) + ' ' + Digest(Parameters(document, list, i, as_is));
  }
  // Of one level only: a red of an rtx of a red is no codec.
  const auto described = [&, plain = keys](std::string_view format) {
    const auto codec = list.Find(format);
    return codec ? Digest(plain[*codec]) : std::string(format);
  };
  for (size_t i = 0; i < count; ++i) {
    const Codec& codec = list.codecs()[i];
    if (IsRepeated(list, i) || !(codec.Is("rtx") || codec.Is("red"))) continue;
    keys[i] = Identity(codec) + ' ' + Parameters(document, list, i, described);
  }
  return keys;
}

std::vector<std::string> NameKeys(const CodecList& list, bool with_format) {
  std::vector<std::string> keys;
  for (size_t i = 0; i < list.codecs().size(); ++i) {
    const Codec& codec = list.codecs()[i];
    const bool is_repeated = IsRepeated(list, i);
    keys.push_back(is_repeated ? RepeatedKey(codec) : Identity(codec));
    if (with_format && !is_repeated) keys.back().append(" ").append(codec.format);
  }
  return keys;
}

}  // namespace

std::string CodecText(const Codec& codec) {
  if (codec.encoding_name.empty()) return std::string(codec.format.substr(0, 16));
  std::string text(codec.encoding_name.substr(0, 40));
  text += '/' + std::to_string(codec.clock_rate);
  if (!codec.channels.empty()) text.append("/").append(codec.channels.substr(0, 16));
  return text;
}

CodecMatch::CodecMatch(const Document& before, const CodecList& list_before, const Document& after,
                       const CodecList& list_after)
    : before_(before),
      after_(after),
      list_before_(list_before),
      list_after_(list_after),
      of_before_(list_before.codecs().size()),
      of_after_(list_after.codecs().size()) {
  Pair(FullKeys(before, list_before), FullKeys(after, list_after));
  Pair(NameKeys(list_before, true), NameKeys(list_after, true));
  Pair(NameKeys(list_before, false), NameKeys(list_after, false));
}

// Partners for codecs that have none yet, in order, where the keys are the same.
void CodecMatch::Pair(const Keys& before, const Keys& after) {
  const auto free_by_key = [](const Keys& keys, const std::vector<std::optional<size_t>>& taken) {
    std::vector<size_t> order;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!taken[i]) order.push_back(i);
    }
    SortStably(order, [&](size_t a, size_t b) { return keys[a] < keys[b]; });
    return order;
  };
  const std::vector<size_t> first = free_by_key(before, of_before_);
  const std::vector<size_t> second = free_by_key(after, of_after_);
  for (size_t i = 0, j = 0; i < first.size() && j < second.size();) {
    const int order = before[first[i]].compare(after[second[j]]);
    if (order == 0) {
      of_before_[first[i]] = second[j];
      of_after_[second[j]] = first[i];
    }
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
}

std::string_view CodecMatch::Translate(std::string_view format) const {
  const auto codec = list_before_.Find(format);
  const auto partner = codec ? of_before_[*codec] : std::nullopt;
  return partner ? list_after_.codecs()[*partner].format : format;
}

std::string CodecMatch::ParametersBefore(size_t codec) const {
  return Parameters(before_, list_before_, codec,
                    [this](std::string_view format) { return std::string(Translate(format)); });
}

std::string CodecMatch::ParametersAfter(size_t codec) const {
  return Parameters(after_, list_after_, codec,
                    [](std::string_view format) { return std::string(format); });
}

}  // namespace koeru::sdp
