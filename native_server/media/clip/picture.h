#pragma once

// The clip's picture: minutes:seconds.tenths in digits of seven segments, and a bar that moves once
// a second. Planes of 8 bits, 4:2:0 (I420).
//
//   Picture picture;
//   picture.Draw(615);                    // tenths of a second: 01:01.5
//   Encode(picture.y(), picture.u(), picture.v())

#include <array>
#include <cstddef>
#include <cstdint>

namespace koeru::server {

class Picture {
 public:
  static constexpr size_t kWidth = 320;
  static constexpr size_t kHeight = 240;

  Picture();

  // What was drawn before is gone. From 100 minutes on the clock begins again.
  void Draw(size_t tenths);

  // Rows without gaps: kWidth bytes of luma, half as many of each chroma.
  uint8_t* y() { return y_.data(); }
  uint8_t* u() { return u_.data(); }
  uint8_t* v() { return v_.data(); }
  uint8_t LumaAt(size_t x, size_t y) const { return y_[y * kWidth + x]; }

 private:
  void Fill(size_t x, size_t y, size_t width, size_t height);
  void DrawDigit(size_t digit, size_t x);

  std::array<uint8_t, kWidth * kHeight> y_{};
  std::array<uint8_t, kWidth * kHeight / 4> u_{};
  std::array<uint8_t, kWidth * kHeight / 4> v_{};
};

}  // namespace koeru::server
