#pragma once

// A token bucket: what comes faster than the rate by more than a burst is refused.
//
//   RateLimit limit(1'000'000, now);                  // bit/s; 0: no limit
//   if (!limit.Take(packet.size(), now)) Drop

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/net/time.h"

namespace koeru::media {

class RateLimit {
 public:
  // Half a second's worth, and a whole picture at least.
  static constexpr int64_t kLeastBurst = 30'000;

  RateLimit(uint64_t bits_per_second, net::Instant now)
      : bytes_per_second_(static_cast<int64_t>(std::min<uint64_t>(bits_per_second / 8, kMostRate))),
        tokens_(Burst()),
        at_(now) {}

  bool Take(size_t size, net::Instant now) {
    if (bytes_per_second_ == 0) return true;
    // A second fills any bucket, so nothing overflows.
    const int64_t elapsed_us = std::clamp<int64_t>((now - at_).count() / 1000, 0, kMicro);
    tokens_ = std::min(Burst(), tokens_ + elapsed_us * bytes_per_second_);
    // What is left of a microsecond counts the next time.
    at_ = elapsed_us == kMicro ? now : at_ + net::Duration(elapsed_us * 1000);
    const int64_t price = static_cast<int64_t>(size) * kMicro;
    if (tokens_ < price) return false;
    tokens_ -= price;
    return true;
  }

 private:
  static constexpr int64_t kMicro = 1'000'000;
  static constexpr uint64_t kMostRate = 1'000'000'000;
  int64_t Burst() const { return std::max(kLeastBurst, bytes_per_second_ / 2) * kMicro; }

  int64_t bytes_per_second_;
  int64_t tokens_;  // in millionths of a byte
  net::Instant at_;
};

}  // namespace koeru::media
