#pragma once

// What all allocations of one user have carried together (user-max-bps): relay::Bandwidth, of which
// several workers take at a time.

#include <atomic>

#include "core/relay/bandwidth.h"

namespace koeru::server {

class SharedBandwidth {
 public:
  size_t Admit(uint64_t bytes_per_second, size_t size, size_t count, net::Instant now) {
    size_t pass = 0;
    Change([&](relay::Bandwidth& b) { pass = b.Admit(bytes_per_second, size, count, now); });
    return pass;
  }
  void Charge(uint64_t bytes_per_second, size_t size, net::Instant now) {
    Change([&](relay::Bandwidth& b) { b.Charge(bytes_per_second, size, now); });
  }
  net::Instant RoomAt() const { return Get().RoomAt(); }
  net::Instant EmptyAt() const { return Get().EmptyAt(); }

 private:
  relay::Bandwidth Get() const {
    return relay::Bandwidth(
        net::Instant::FromNanoseconds(empty_at_ns_.load(std::memory_order_relaxed)));
  }
  // Who was overtaken by another worker looks again.
  template <typename Function>
  void Change(Function change) {
    int64_t before = empty_at_ns_.load(std::memory_order_relaxed);
    while (true) {
      relay::Bandwidth bandwidth(net::Instant::FromNanoseconds(before));
      change(bandwidth);
      if (empty_at_ns_.compare_exchange_weak(before, bandwidth.EmptyAt().nanoseconds(),
                                             std::memory_order_relaxed)) {
        return;
      }
    }
  }

  std::atomic<int64_t> empty_at_ns_{0};
};

struct UserBandwidth {
  SharedBandwidth to_peer, to_client;

  bool IsEmpty(net::Instant now) const {
    return to_peer.EmptyAt() <= now && to_client.EmptyAt() <= now;
  }
};

}  // namespace koeru::server
