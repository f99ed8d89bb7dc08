#pragma once

// What one direction of an allocation has carried, against a limit: a leaky bucket that holds one
// second's worth, kept as the one instant at which it will be empty (the generic cell rate
// algorithm of ITU-T I.371).
//
//   size_t pass = bandwidth.Admit(limit, size, count, now);   // of `count` datagrams; drop the
//   rest bandwidth.Charge(limit, size, now);                       // let it pass, and if (now <
//   bandwidth.RoomAt()) ...                         // read no more before
//
// An empty bucket takes a datagram of any size: a low limit slows down, and never cuts off.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/net/time.h"

namespace koeru::relay {

class Bandwidth {
 public:
  static constexpr net::Duration kDepth = std::chrono::seconds(1);

  Bandwidth() = default;
  // As one that says EmptyAt() is.
  explicit Bandwidth(net::Instant empty_at) : empty_at_(empty_at) {}

  // How many of `count` datagrams of `size` bytes each may pass. The limit is in bytes per second
  // and not 0.
  size_t Admit(uint64_t bytes_per_second, size_t size, size_t count, net::Instant now) {
    const net::Duration each = TimeFor(bytes_per_second, size);
    const net::Duration filled = std::max(empty_at_ - now, net::Duration(0));
    size_t pass = count;
    if (each > net::Duration(0)) {
      const auto fitting = static_cast<size_t>(std::max<int64_t>(0, (kDepth - filled) / each));
      pass = std::min(count, filled == net::Duration(0) ? std::max<size_t>(1, fitting) : fitting);
    }
    empty_at_ = now + filled + each * static_cast<int64_t>(pass);
    return pass;
  }

  // Counts it although there may be no room.
  void Charge(uint64_t bytes_per_second, size_t size, net::Instant now) {
    empty_at_ = std::max(empty_at_, now) + TimeFor(bytes_per_second, size);
  }

  net::Instant EmptyAt() const { return empty_at_; }
  // From then on the bucket is not overfull.
  net::Instant RoomAt() const { return empty_at_ - kDepth; }

 private:
  static net::Duration TimeFor(uint64_t bytes_per_second, size_t size) {
    return net::Duration(static_cast<int64_t>(size * 1'000'000'000 / bytes_per_second));
  }

  net::Instant empty_at_;
};

}  // namespace koeru::relay
