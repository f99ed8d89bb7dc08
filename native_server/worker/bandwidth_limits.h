#pragma once

// What allocations and users may carry at the moment, as the rules say.

#include <algorithm>

#include "core/relay/config.h"

namespace koeru::server {

enum class Direction : uint8_t { kToPeer, kToClient };

struct BandwidthLimits {
  // Bytes of payload per second and direction; 0: unlimited.
  uint64_t of_allocation = 0;
  uint64_t of_user = 0;

  BandwidthLimits() = default;
  explicit BandwidthLimits(const relay::RelayConfig& config)
      : of_allocation(config.max_bytes_per_second), of_user(config.max_bytes_per_second_of_user) {}

  bool any() const { return (of_allocation | of_user) != 0; }
  // The lowest; UINT64_MAX when there is none.
  uint64_t lowest() const {
    const auto or_most = [](uint64_t limit) { return limit == 0 ? UINT64_MAX : limit; };
    return std::min(or_most(of_allocation), or_most(of_user));
  }
};

}  // namespace koeru::server
