#pragma once

// How many packets of a stream were sent up to a sequence number. An echo's numbers have gaps where
// packets were lost on the way to us: so many were never sent.
//
//   SentCounts counts;
//   counts.OnSent(number, ++count);
//   counts.UpTo(number);                 // nothing: not sent, or too long ago

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace koeru::media {

class SentCounts {
 public:
  // Some seconds of any stream; reports come each second.
  static constexpr size_t kNumbers = 2048;

  void OnSent(uint16_t number, uint32_t count) { slots_[number % kNumbers] = {number, count}; }
  std::optional<uint32_t> UpTo(uint16_t number) const {
    const Slot& slot = slots_[number % kNumbers];
    if (slot.count == 0 || slot.number != number) return std::nullopt;
    return slot.count;
  }

 private:
  struct Slot {
    uint16_t number = 0;
    uint32_t count = 0;  // 0: none
  };
  std::array<Slot, kNumbers> slots_{};
};

}  // namespace koeru::media
