#pragma once

// The payload types that need no a=rtpmap line: RFC 3551 section 6, tables 4 and 5.

#include <cstdint>
#include <string_view>

namespace koeru::sdp {

struct StaticCodec {
  uint8_t payload_type;
  std::string_view encoding_name;
  uint32_t clock_rate;        // Hz
  std::string_view channels;  // empty: one, or video
};

// Nullptr for every other format.
const StaticCodec* FindStaticCodec(std::string_view format);

}  // namespace koeru::sdp
