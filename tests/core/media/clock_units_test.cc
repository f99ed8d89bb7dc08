#include "core/media/clock_units.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(ClockUnits, AreDurationsTimesTheRate) {
  EXPECT_EQ(ClockUnits(milliseconds(20), 48000), 960);
  EXPECT_EQ(ClockUnits(milliseconds(-20), 48000), -960);
  EXPECT_EQ(ClockUnits(seconds(100'000), 90000), 9'000'000'000);
}

TEST(ClockUnits, NothingOverflows) {
  EXPECT_EQ(ClockUnits(net::Duration::max(), UINT32_MAX), 0);
  EXPECT_EQ(ClockUnits(net::Duration::min(), UINT32_MAX), 0);
  EXPECT_EQ(ClockUnits(seconds(1 << 30), UINT32_MAX), (int64_t{1} << 30) * UINT32_MAX);
}

}  // namespace
}  // namespace koeru::media
