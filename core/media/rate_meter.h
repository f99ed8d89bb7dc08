#pragma once

// Bits in a second, over the last one.
//
//   RateMeter meter;
//   meter.Add(packet.size(), now);
//   meter.BitsPerSecond(now);         // of the ten tenths of a second before this one

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/net/time.h"

namespace koeru::media {

class RateMeter {
 public:
  void Add(size_t bytes, net::Instant now) {
    Slot& slot = slots_[static_cast<size_t>(TickOf(now)) % kSlots];
    if (slot.tick != TickOf(now)) slot = {TickOf(now), 0};
    slot.bytes += bytes;
  }
  uint64_t BitsPerSecond(net::Instant now) const {
    uint64_t bytes = 0;
    for (const Slot& slot : slots_) {
      const int64_t age = TickOf(now) - slot.tick;
      if (age >= 1 && age <= kTicksPerSecond) bytes += slot.bytes;
    }
    return 8 * bytes;
  }

 private:
  static constexpr int64_t kTicksPerSecond = 10;
  static constexpr size_t kSlots = 16;
  struct Slot {
    int64_t tick = INT64_MIN / 2;
    uint64_t bytes = 0;
  };
  static int64_t TickOf(net::Instant now) {
    return now.nanoseconds() / (1'000'000'000 / kTicksPerSecond);
  }

  std::array<Slot, kSlots> slots_;
};

}  // namespace koeru::media
