#include "core/sdp/checks/payload_types.h"

#include "core/ice/token.h"

namespace koeru::sdp {
namespace {

// RFC 7587 section 7 ("MUST be 48000, and the number of channels MUST be 2"), RFC 7741 section 6.1,
// RFC 9628 section 6.1, RFC 6184 section 8.1, RFC 7798 section 7.1, and AV1's payload format.
constexpr std::string_view kFixedCodecs[] = {"opus/48000/2", "VP8/90000",  "VP9/90000",
                                             "H264/90000",   "H265/90000", "AV1/90000"};

}  // namespace

bool PayloadType::is_rtx() const {
  return ice::EqualsIgnoringCase(codec.substr(0, codec.find('/')), "rtx");
}

std::optional<uint8_t> PayloadTypeOf(std::string_view format) {
  size_t number = 0;
  if (format.empty()) return std::nullopt;
  for (const char c : format) {
    if (!ice::IsDigit(c)) return std::nullopt;
    number = number * 10 + static_cast<size_t>(c - '0');
    if (number > 127) return std::nullopt;
  }
  return static_cast<uint8_t>(number);
}

bool NeedsRtpmap(size_t payload_type) {
  return payload_type >= 35 && (payload_type < 72 || payload_type > 76);
}

std::string_view CodecText(std::string_view line, const Rtpmap& map) {
  std::string_view codec = line.substr(static_cast<size_t>(map.encoding_name.data() - line.data()));
  while (!codec.empty() && IsSpace(codec.back())) codec.remove_suffix(1);
  if (map.encoding_parameters == "1") codec.remove_suffix(2);
  return codec;
}

std::string_view FixedCodecText(std::string_view encoding_name) {
  for (const std::string_view codec : kFixedCodecs) {
    if (ice::EqualsIgnoringCase(codec.substr(0, codec.find('/')), encoding_name)) return codec;
  }
  return {};
}

}  // namespace koeru::sdp
