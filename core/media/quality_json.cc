#include "core/media/quality_json.h"

#include <cmath>
#include <string_view>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

// With a thousandth; what no JSON number is becomes null.
std::string NumberText(double value) {
  constexpr double kMost = 1e15;
  if (!(std::fabs(value) < kMost)) return "null";
  const auto thousandths = static_cast<int64_t>(std::llround(std::fabs(value) * 1000));
  std::string text = value < 0 && thousandths > 0 ? "-" : "";
  text += std::to_string(thousandths / 1000);
  if (thousandths % 1000 == 0) return text;
  return text + "." + std::to_string(1000 + thousandths % 1000).substr(1);
}
std::string NumberText(uint64_t value) { return std::to_string(value); }
std::string NumberText(int64_t value) { return std::to_string(value); }
template <typename T>
std::string NumberText(const std::optional<T>& value) {
  return value ? NumberText(*value) : "null";
}

// A mid is the peer's text: what is no printable ASCII, and what JSON would take for its own, is
// written as its number.
std::string QuotedText(std::string_view value) {
  std::string text = "\"";
  for (const uint8_t byte : AsBytes(value)) {
    if (byte < 0x20 || byte > 0x7E || byte == '"' || byte == '\\') {
      (text += "\\u00") += ToHex(Bytes(&byte, 1));
    } else {
      text += static_cast<char>(byte);
    }
  }
  return text + "\"";
}

class ObjectText {
 public:
  template <typename T>
  ObjectText& Number(std::string_view name, const T& value) {
    return Raw(name, NumberText(value));
  }
  ObjectText& Raw(std::string_view name, std::string_view json) {
    text_ += text_.empty() ? "{\"" : ",\"";
    ((text_ += name) += "\":") += json;
    return *this;
  }
  std::string Take() { return std::move(text_) + "}"; }

 private:
  std::string text_;
};

std::string DirectionText(const DirectionQuality& direction) {
  return ObjectText()
      .Number("packets", direction.packets)
      .Number("bytes", direction.bytes)
      .Number("bitsPerSecond", direction.bits_per_second)
      .Number("lost", direction.lost)
      .Number("fractionLost", direction.fraction_lost)
      .Number("jitterMs", direction.jitter_ms)
      .Number("frames", direction.frames)
      .Number("retransmissions", direction.retransmissions)
      .Number("nackedPackets", direction.nacked_packets)
      .Number("plis", direction.plis)
      .Number("firs", direction.firs)
      .Take();
}

std::string DropsText(const Drops& drops) {
  return ObjectText()
      .Number("malformed", drops.malformed)
      .Number("unknownPayloadType", drops.unknown_payload_type)
      .Number("unknownSection", drops.unknown_section)
      .Number("ownSsrc", drops.own_ssrc)
      .Number("tooManySources", drops.too_many_sources)
      .Number("overLimit", drops.over_limit)
      .Number("duplicate", drops.duplicate)
      .Number("late", drops.late)
      .Number("otherSource", drops.other_source)
      .Number("delayFull", drops.delay_full)
      .Take();
}

}  // namespace

std::string ToJson(const Quality& quality) {
  std::string sections;
  for (const SectionQuality& section : quality.sections) {
    sections += sections.empty() ? "[" : ",";
    sections += ObjectText()
                    .Raw("mid", QuotedText(section.mid))
                    .Raw("media", QuotedText(section.media))
                    .Raw("received", DirectionText(section.received))
                    .Raw("sent", DirectionText(section.sent))
                    .Raw("problem", section.problem.empty() ? "null" : QuotedText(section.problem))
                    .Take();
  }
  return ObjectText()
      .Raw("sections", sections.empty() ? "[]" : sections + "]")
      .Number("roundTripMs", quality.round_trip_ms)
      .Number("rembBitsPerSecond", quality.remb_bits_per_second)
      .Number("probes", quality.probes)
      .Number("transportFeedbacks", quality.transport_feedbacks)
      .Raw("drops", DropsText(quality.drops))
      .Take();
}

}  // namespace koeru::media
