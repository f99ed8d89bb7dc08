#pragma once

// Sequence numbers that wrap around: RFC 3550 section 5.1, compared as RFC 1982 says.
//
//   SequenceUnwrapper unwrap;
//   unwrap(65535);    // 65535
//   unwrap(0);        // 65536
//   unwrap(65534);    // 65534: an old one that came late

#include <cstdint>
#include <optional>

namespace koeru::rtp {

// `a` is newer than `b`. Half the space apart counts as newer.
constexpr bool IsNewer(uint16_t a, uint16_t b) {
  return a != b && static_cast<uint16_t>(a - b) <= 0x8000;
}

// The numbers without wrapping, from the first one on. One that is closer behind than in front of
// the highest so far is an old one; it may be negative.
class SequenceUnwrapper {
 public:
  int64_t operator()(uint16_t number) {
    const int64_t unwrapped = highest_ ? *highest_ + static_cast<int16_t>(static_cast<uint16_t>(
                                                         number - static_cast<uint16_t>(*highest_)))
                                       : number;
    if (!highest_ || unwrapped > *highest_) highest_ = unwrapped;
    return unwrapped;
  }
  std::optional<int64_t> highest() const { return highest_; }

 private:
  std::optional<int64_t> highest_;
};

}  // namespace koeru::rtp
