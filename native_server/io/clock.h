#pragma once

// The clocks, as the values that core takes.

#include <chrono>
#include <ctime>

#include "core/net/time.h"
#include "core/rtp/ntp_time.h"

namespace koeru::server {

inline net::Instant Now() {
  return net::Instant::FromNanoseconds(
      std::chrono::duration_cast<net::Duration>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

inline net::UnixTime WallNow() { return {static_cast<int64_t>(std::time(nullptr))}; }

// For RTCP's sender reports.
inline rtp::NtpTime NtpNow() {
  const int64_t ns = std::chrono::duration_cast<std::chrono::nanoseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
  return rtp::NtpTime::FromUnix(ns / 1'000'000'000, static_cast<uint32_t>(ns % 1'000'000'000));
}

}  // namespace koeru::server
