// What became of handshakes of TLS or DTLS, and how long they took.
#pragma once

#include <array>
#include <cstdint>

#include "native_server/io/histogram.h"

namespace koeru::server {

struct HandshakeCounts {
  HistogramCounts finished;  // from the first byte (DTLS: the cookie that came back) to the end
  uint64_t failed = 0;       // no common ground, or out of time
  uint64_t refused = 0;      // a limit was reached
};

// For Histogram.
inline std::span<const net::Duration> HandshakeBounds() {
  using namespace std::chrono_literals;
  static constexpr std::array<net::Duration, 13> kBounds{
      1ms, 2500us, 5ms, 10ms, 25ms, 50ms, 100ms, 250ms, 500ms, 1s, 2500ms, 5s, 10s};
  return kBounds;
}

}  // namespace koeru::server
