#include "core/media/report_schedule.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

TEST(ReportSchedule, Rfc3550_6_3_1_IntervalsAreSpreadAroundASecond) {
  ReportSchedule schedule(12345, kStart);
  EXPECT_GE(schedule.next() - kStart, milliseconds(250));
  EXPECT_LE(schedule.next() - kStart, milliseconds(750));
  net::Instant now = schedule.next();
  net::Duration least = std::chrono::hours(1), most{}, sum{};
  for (int i = 0; i < 1000; ++i) {
    schedule.Advance(now);
    const net::Duration interval = schedule.next() - now;
    least = std::min(least, interval);
    most = std::max(most, interval);
    sum += interval;
    now = schedule.next();
  }
  EXPECT_GE(least, milliseconds(500));
  EXPECT_LT(least, milliseconds(520));
  EXPECT_LE(most, milliseconds(1500));
  EXPECT_GT(most, milliseconds(1480));
  EXPECT_NEAR(static_cast<double>((sum / 1000).count()), 1e9, 4e7);
}

TEST(ReportSchedule, OtherSsrcsHaveOtherTimes) {
  EXPECT_NE(ReportSchedule(1'000'000'007, kStart).next(), ReportSchedule(77, kStart).next());
}

}  // namespace
}  // namespace koeru::media
