#pragma once

// What one section says of each RTP payload type (RFC 3551 section 6).

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/sdp/attributes/rtpmap.h"

namespace koeru::sdp {

struct PayloadType {
  bool listed = false;     // in m=
  std::string_view codec;  // "opus/48000/2"; empty without rtpmap
  size_t fmtp_line = 0;
  std::optional<std::string_view> apt;  // RFC 4588 section 8.6: what an rtx repeats

  bool is_rtx() const;
};

using PayloadTypes = std::array<PayloadType, 128>;

// 0 to 127, or nothing.
std::optional<uint8_t> PayloadTypeOf(std::string_view format);

// RFC 3551 section 6: 35 and above have no meaning of their own, apart from 72 to 76, which RTCP
// cannot be told from.
bool NeedsRtpmap(size_t payload_type);

// "opus/48000/2": from the name to the end of the rtpmap line, without the "/1" that goes without
// saying.
std::string_view CodecText(std::string_view line, const Rtpmap& map);

// How a codec is always written that has one clock rate and number of channels only; empty for
// others.
std::string_view FixedCodecText(std::string_view encoding_name);

}  // namespace koeru::sdp
