#include "native_server/media/clip/picture.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace koeru::server {
namespace {

// Where the bar and the digits are.
std::string Rows(const Picture& picture, size_t from, size_t to) {
  std::string rows;
  for (size_t y = from; y < to; ++y) {
    for (size_t x = 0; x < Picture::kWidth; ++x) {
      rows += picture.LumaAt(x, y) > 128 ? '#' : '.';
    }
  }
  return rows;
}
std::string Digits(const Picture& picture) { return Rows(picture, 50, 160); }
std::string Bar(const Picture& picture) { return Rows(picture, 180, 230); }

TEST(Picture, ShowsEachTenthOfAMinuteDifferently) {
  Picture picture;
  std::set<std::string> seen;
  for (size_t tenths = 0; tenths < 600; ++tenths) {
    picture.Draw(tenths);
    seen.insert(Digits(picture));
  }
  EXPECT_EQ(seen.size(), 600u);
}

TEST(Picture, DrawsZeroWithoutItsMiddleAndEightWithIt) {
  Picture picture;
  picture.Draw(0);
  // The last digit's middle stroke is 45 rows below its top.
  const size_t x = 20 + 4 * 50 + 2 * 20 + 20;
  EXPECT_LT(picture.LumaAt(x, 60 + 45), 128);
  EXPECT_GT(picture.LumaAt(x, 60 + 5), 128);
  picture.Draw(8);
  EXPECT_GT(picture.LumaAt(x, 60 + 45), 128);
}

TEST(Picture, MovesItsBarOnceASecond) {
  Picture picture;
  picture.Draw(10);
  const std::string one = Bar(picture);
  picture.Draw(19);
  EXPECT_EQ(Bar(picture), one);
  picture.Draw(20);
  EXPECT_NE(Bar(picture), one);
}

TEST(Picture, BeginsAgainAfterAHundredMinutes) {
  Picture picture;
  picture.Draw(12);
  const std::string before = Digits(picture);
  picture.Draw(100 * 600 + 12);
  EXPECT_EQ(Digits(picture), before);
}

}  // namespace
}  // namespace koeru::server
