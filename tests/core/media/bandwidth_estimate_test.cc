#include "core/media/bandwidth_estimate.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

TEST(BandwidthEstimate, GrowsWhereNothingIsLost) {
  BandwidthEstimate estimate;
  EXPECT_EQ(estimate.bits_per_second(), BandwidthEstimate::kStart);
  for (int i = 0; i < 100; ++i) estimate.Update(10'000'000, 0);
  EXPECT_EQ(estimate.bits_per_second(), 15'000'000u) << "half again as much as comes";
}

TEST(BandwidthEstimate, DoesNotShrinkBecauseLittleIsSent) {
  BandwidthEstimate estimate;
  for (int i = 0; i < 100; ++i) estimate.Update(0, 0);
  EXPECT_EQ(estimate.bits_per_second(), BandwidthEstimate::kStart);
}

TEST(BandwidthEstimate, ShrinksWithLossAndStaysInBetween) {
  BandwidthEstimate estimate;
  estimate.Update(1'000'000, 0.2);
  EXPECT_NEAR(static_cast<double>(estimate.bits_per_second()), 900'000, 1);
  estimate.Update(1'000'000, 0.05);
  EXPECT_NEAR(static_cast<double>(estimate.bits_per_second()), 900'000, 1);
  for (int i = 0; i < 100; ++i) estimate.Update(1'000'000, 1);
  EXPECT_EQ(estimate.bits_per_second(), BandwidthEstimate::kLeast);
}

}  // namespace
}  // namespace koeru::media
