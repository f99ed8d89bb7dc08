#include "native_server/media/clip/picture.h"

#include <algorithm>

namespace koeru::server {
namespace {

// Luma of the picture, within the 16 to 235 of video.
constexpr uint8_t kDark = 40;
constexpr uint8_t kBright = 220;

constexpr size_t kDigitTop = 60, kDigitWidth = 40, kDigitHeight = 90, kStroke = 10;
constexpr size_t kDigitStep = 50;  // a digit and the gap after it
constexpr size_t kSignStep = 20;   // ":" and "."
constexpr size_t kLeft = 20;
constexpr size_t kBarTop = 190, kBarHeight = 30, kBarSteps = 10;

//     0
//   5   1
//     6
//   4   2
//     3
constexpr std::array<uint8_t, 10> kSegmentsByDigit = {0x3F, 0x06, 0x5B, 0x4F, 0x66,
                                                      0x6D, 0x7D, 0x07, 0x7F, 0x6F};

struct Box {
  size_t x, y, width, height;
};

constexpr size_t kHalf = (kDigitHeight + kStroke) / 2;  // of a vertical stroke
constexpr size_t kRight = kDigitWidth - kStroke, kMiddle = kHalf - kStroke;
constexpr std::array<Box, 7> kSegments = {{{0, 0, kDigitWidth, kStroke},
                                           {kRight, 0, kStroke, kHalf},
                                           {kRight, kMiddle, kStroke, kHalf},
                                           {0, kDigitHeight - kStroke, kDigitWidth, kStroke},
                                           {0, kMiddle, kStroke, kHalf},
                                           {0, 0, kStroke, kHalf},
                                           {0, kMiddle, kDigitWidth, kStroke}}};

}  // namespace

Picture::Picture() {
  // A calm blue.
  u_.fill(150);
  v_.fill(120);
}

void Picture::Fill(size_t x, size_t y, size_t width, size_t height) {
  for (size_t row = y; row < y + height; ++row) {
    std::fill_n(y_.begin() + static_cast<std::ptrdiff_t>(row * kWidth + x), width, kBright);
  }
}

void Picture::DrawDigit(size_t digit, size_t x) {
  for (size_t i = 0; i < kSegments.size(); ++i) {
    if ((kSegmentsByDigit[digit] >> i & 1) == 0) continue;
    const Box& box = kSegments[i];
    Fill(x + box.x, kDigitTop + box.y, box.width, box.height);
  }
}

void Picture::Draw(size_t tenths) {
  y_.fill(kDark);
  const size_t seconds = tenths / 10;
  const size_t minutes = seconds / 60 % 100;
  size_t x = kLeft;
  const auto digit = [&](size_t value) {
    DrawDigit(value % 10, x);
    x += kDigitStep;
  };
  digit(minutes / 10);
  digit(minutes);
  Fill(x, kDigitTop + 25, kStroke, kStroke);
  Fill(x, kDigitTop + 55, kStroke, kStroke);
  x += kSignStep;
  digit(seconds % 60 / 10);
  digit(seconds % 60);
  Fill(x, kDigitTop + kDigitHeight - kStroke, kStroke, kStroke);
  x += kSignStep;
  digit(tenths);
  constexpr size_t kStep = kWidth / kBarSteps;
  Fill(seconds % kBarSteps * kStep, kBarTop, kStep, kBarHeight);
}

}  // namespace koeru::server
