#pragma once

// Time as core sees it: a value that is passed in, never asked for.
//
// An Instant counts nanoseconds on the caller's monotonic clock from an origin that the caller
// chose; only differences matter. Wall-clock time (for time-limited credentials) is a separate
// type, so that the two cannot be swapped.

#include <chrono>
#include <compare>
#include <cstdint>

namespace koeru::net {

using Duration = std::chrono::nanoseconds;

class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant FromNanoseconds(int64_t ns) { return Instant(ns); }
  static constexpr Instant Max() { return Instant(INT64_MAX); }

  constexpr int64_t nanoseconds() const { return ns_; }

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant t, Duration d) { return Instant(t.ns_ + d.count()); }
  friend constexpr Instant operator-(Instant t, Duration d) { return Instant(t.ns_ - d.count()); }
  friend constexpr Duration operator-(Instant a, Instant b) { return Duration(a.ns_ - b.ns_); }

 private:
  explicit constexpr Instant(int64_t ns) : ns_(ns) {}
  int64_t ns_ = 0;
};

// Seconds since 1970-01-01T00:00:00Z.
struct UnixTime {
  int64_t seconds = 0;
  friend constexpr auto operator<=>(UnixTime, UnixTime) = default;
};

}  // namespace koeru::net
