#include "native_server/tools/load/load_stats.h"

#include <gmock/gmock.h>

namespace koeru::tools {
namespace {

using std::chrono::microseconds;
using ::testing::HasSubstr;

TEST(DelayHistogramTest, PercentilesAreRightToFivePercent) {
  DelayHistogram delays;
  EXPECT_EQ(delays.PercentileMs(0.5), 0);
  for (int i = 1; i <= 1000; ++i) delays.Add(microseconds(i * 100));
  EXPECT_EQ(delays.count(), 1000);
  EXPECT_NEAR(delays.PercentileMs(0.5), 50, 2.6);
  EXPECT_NEAR(delays.PercentileMs(0.95), 95, 4.9);
  EXPECT_NEAR(delays.PercentileMs(1), 100, 5.1);
  delays.Clear();
  EXPECT_EQ(delays.count(), 0);
}

TEST(DelayHistogramTest, WhatIsTooShortOrTooLongCountsAtTheEnds) {
  DelayHistogram delays;
  delays.Add(net::Duration(0));
  EXPECT_NEAR(delays.PercentileMs(1), 0.001, 0.0001);
  delays.Add(std::chrono::hours(24));
  EXPECT_GT(delays.PercentileMs(1), 50'000);
}

TEST(LoadStatsTest, ALineATableAndAnObject) {
  LoadStats stats;
  stats.allocations = 3;
  stats.seconds = 2;
  stats.counts.sent = 100;
  stats.counts.received = 95;
  stats.counts.sent_bytes = 1'000'000;
  EXPECT_EQ(ProgressLine(7, 3, stats.counts, stats.delays),
            "  7 s  3 allocations  out 100/s  in 95/s  lost 5.0 %  delay 0.00 / 0.00 / 0.00 ms\n");
  EXPECT_THAT(LoadTable(stats), HasSubstr("100 packets, 50/s, 4.00 Mbit/s"));
  EXPECT_THAT(LoadTable(stats), HasSubstr("lost         5 (5.00 %)"));
  EXPECT_THAT(LoadJson(stats), HasSubstr(R"("sent":100,"received":95,"lost":5,)"));
}

}  // namespace
}  // namespace koeru::tools
