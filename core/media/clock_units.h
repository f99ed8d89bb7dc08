#pragma once

// Durations in the units of a media clock: RFC 3550 section 5.1.
//
//   ClockUnits(std::chrono::milliseconds(20), 48000)      // 960

#include <cstdint>

#include "core/net/time.h"

namespace koeru::media {

// Seconds and their rest apart, so that nothing overflows; towards zero.
constexpr int64_t ClockUnits(net::Duration duration, uint32_t clock_rate) {
  constexpr int64_t kSecond = 1'000'000'000;
  // Longer than any call, and far from overflow with the fastest clock.
  constexpr int64_t kLongest = int64_t{1} << 30;
  const int64_t seconds = duration.count() / kSecond;
  if (seconds > kLongest || seconds < -kLongest) return 0;
  return seconds * clock_rate + duration.count() % kSecond * clock_rate / kSecond;
}

}  // namespace koeru::media
