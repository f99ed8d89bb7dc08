#include "core/media/rate_limit.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

// Bytes that pass of so much, offered each millisecond for ten seconds.
uint64_t Passed(uint64_t bits_per_second, size_t each) {
  RateLimit limit(bits_per_second, kStart);
  uint64_t passed = 0;
  for (int i = 0; i < 10'000; ++i) {
    if (limit.Take(each, kStart + milliseconds(i))) passed += each;
  }
  return passed;
}

TEST(RateLimit, ZeroIsNoLimit) { EXPECT_EQ(Passed(0, 1000), 10'000'000u); }

TEST(RateLimit, WhatIsBelowItPasses) { EXPECT_EQ(Passed(8'000'000, 1000), 10'000'000u); }

TEST(RateLimit, WhatIsAboveItPassesUpToABurst) {
  EXPECT_NEAR(static_cast<double>(Passed(1'000'000, 1000)), 10 * 125'000 + 62'500, 2000);
  EXPECT_NEAR(static_cast<double>(Passed(80'000, 100)), 10 * 10'000 + RateLimit::kLeastBurst, 200);
}

TEST(RateLimit, ShortIntervalsLoseNothing) {
  RateLimit limit(8'000'000, kStart);  // a byte each microsecond
  while (limit.Take(1000, kStart)) continue;
  int passed = 0;
  for (int i = 1; i <= 1'000'000; ++i) {  // 0.7 µs apart
    if (limit.Take(1, kStart + net::Duration(700 * i))) ++passed;
  }
  EXPECT_NEAR(passed, 700'000, 1000);
}

TEST(RateLimit, AClockThatStepsBackGivesNothing) {
  RateLimit limit(8'000'000, kStart);
  while (limit.Take(1000, kStart)) continue;
  EXPECT_FALSE(limit.Take(1000, kStart - milliseconds(500)));
  EXPECT_FALSE(limit.Take(1000, kStart));
}

TEST(RateLimit, HugeRatesDoNotOverflow) { EXPECT_EQ(Passed(UINT64_MAX, 65'535), 655'350'000u); }

}  // namespace
}  // namespace koeru::media
