#pragma once

// Which way a stream flows, as rid, simulcast and imageattr lines say it: "send" or "recv".

#include <cstdint>
#include <string_view>

namespace koeru::sdp {

enum class StreamDirection : uint8_t { kSend, kReceive };

// In the order of the enumerators.
inline constexpr std::string_view kStreamDirections = "send|recv";

}  // namespace koeru::sdp
