#pragma once

// Which of a source's last packets came: RFC 3711 section 3.3.2 has the same list against replays.
//
//   SequenceWindow window;
//   switch (window.Add(unwrap(packet.sequence_number()))) ...
//
// As long as the window of SRTP, so that what is new here can be sent there.

#include <array>
#include <cstdint>
#include <optional>

namespace koeru::media {

class SequenceWindow {
 public:
  static constexpr int64_t kSize = 1024;
  enum class Arrival : uint8_t { kNew, kDuplicate, kTooOld };

  Arrival Add(int64_t number) {
    if (!highest_) {
      highest_ = number;
    } else if (number > *highest_) {
      Advance(number);
    } else if (*highest_ - number >= kSize) {
      return Arrival::kTooOld;
    } else if (Has(number)) {
      return Arrival::kDuplicate;
    }
    Word(number) |= Bit(number);
    return Arrival::kNew;
  }
  // It has not come, and may still.
  bool IsOpen(int64_t number) const {
    return highest_ && number <= *highest_ && *highest_ - number < kSize && !Has(number);
  }
  std::optional<int64_t> highest() const { return highest_; }

 private:
  static constexpr uint64_t Bit(int64_t number) { return uint64_t{1} << (number & 63); }
  static constexpr size_t WordOf(int64_t number) {
    return static_cast<size_t>(number >> 6) % (kSize / 64);
  }
  uint64_t& Word(int64_t number) { return words_[WordOf(number)]; }
  bool Has(int64_t number) const { return (words_[WordOf(number)] & Bit(number)) != 0; }

  void Advance(int64_t number) {
    if (number - *highest_ >= kSize) {
      words_.fill(0);
    } else {
      for (int64_t skipped = *highest_ + 1; skipped <= number; ++skipped) {
        Word(skipped) &= ~Bit(skipped);
      }
    }
    highest_ = number;
  }

  std::array<uint64_t, kSize / 64> words_{};
  std::optional<int64_t> highest_;
};

}  // namespace koeru::media
