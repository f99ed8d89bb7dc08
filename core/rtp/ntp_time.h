#pragma once

// Wall-clock time as sender reports carry it: RFC 3550 section 4, RFC 5905 section 6.
//
//   const NtpTime wall = NtpTime::FromUnix(seconds, nanoseconds);   // since 1970, UTC
//   report.ntp_timestamp = wall.value;
//
// It wraps around in 2036; only differences count.

#include <cstdint>

#include "core/net/time.h"

namespace koeru::rtp {

struct NtpTime {
  uint64_t value = 0;  // seconds since 1900 above, 2^-32 s below

  // From 1900 to 1970: 70 years with 17 leap days.
  static constexpr int64_t kUnixEpoch = 2'208'988'800;

  static constexpr NtpTime FromUnix(int64_t seconds, uint32_t nanoseconds) {
    return {static_cast<uint64_t>(seconds + kUnixEpoch) << 32 |
            (uint64_t{nanoseconds} << 32) / 1'000'000'000};
  }
  friend constexpr bool operator==(NtpTime, NtpTime) = default;
};

// How much later the second is: 68 years either way fit in a Duration.
constexpr net::Duration Between(NtpTime earlier, NtpTime later) {
  const auto units = static_cast<int64_t>(later.value - earlier.value);
  const int64_t seconds = units >> 32;
  const int64_t rest = ((units & 0xFFFFFFFF) * 1'000'000'000) >> 32;
  return net::Duration(seconds * 1'000'000'000 + rest);
}

constexpr NtpTime operator-(NtpTime time, net::Duration duration) {
  const int64_t seconds = duration.count() / 1'000'000'000;
  const int64_t rest = duration.count() % 1'000'000'000;
  return {time.value - (static_cast<uint64_t>(seconds) << 32) -
          static_cast<uint64_t>((rest << 32) / 1'000'000'000)};
}

}  // namespace koeru::rtp
