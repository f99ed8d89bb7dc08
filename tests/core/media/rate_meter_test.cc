#include "core/media/rate_meter.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

TEST(RateMeter, CountsTheLastSecond) {
  RateMeter meter;
  EXPECT_EQ(meter.BitsPerSecond(kStart), 0u);
  for (int i = 0; i < 100; ++i) meter.Add(125, kStart + milliseconds(20 * i));
  EXPECT_EQ(meter.BitsPerSecond(kStart + milliseconds(2000)), 50u * 125 * 8);
  EXPECT_EQ(meter.BitsPerSecond(kStart + milliseconds(2500)), 25u * 125 * 8);
  EXPECT_EQ(meter.BitsPerSecond(kStart + milliseconds(3100)), 0u);
}

TEST(RateMeter, APauseOfAnyLengthIsForgotten) {
  RateMeter meter;
  meter.Add(1000, kStart);
  for (int i = 11; i < 100; ++i) {
    EXPECT_EQ(meter.BitsPerSecond(kStart + milliseconds(100 * i)), 0u) << i;
  }
}

}  // namespace
}  // namespace koeru::media
