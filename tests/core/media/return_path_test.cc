#include "core/media/return_path.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

TEST(ReturnPath, AsksForNothingBeforeMuchWasLost) {
  ReturnPath path;
  path.Update(1'000'000);
  for (const double lost : {0.0, 0.05, 0.1}) {
    path.OnReport(lost);
    path.Update(1'000'000);
  }
  EXPECT_FALSE(path.bits_per_second());
}

TEST(ReturnPath, BeginsWithWhatIsSentAndGoesDownWithLoss) {
  ReturnPath path;
  path.OnReport(0.5);
  path.Update(1'000'000);
  EXPECT_EQ(path.bits_per_second(), 750'000u);
  path.OnReport(0.2);
  path.Update(700'000);
  EXPECT_EQ(path.bits_per_second(), 675'000u);
}

TEST(ReturnPath, TheWorstReportSinceTheLastTimeCounts) {
  ReturnPath path;
  path.OnReport(0.5);
  path.OnReport(0);
  path.Update(1'000'000);
  EXPECT_EQ(path.bits_per_second(), 750'000u);
}

TEST(ReturnPath, WithoutAReportNothingChanges) {
  ReturnPath path;
  path.OnReport(0.5);
  path.Update(1'000'000);
  path.Update(100'000);
  EXPECT_EQ(path.bits_per_second(), 750'000u);
}

TEST(ReturnPath, GoesUpAgainWhereNothingIsLost) {
  ReturnPath path;
  path.OnReport(1);
  path.Update(1'000'000);
  for (int i = 0; i < 200; ++i) {
    path.OnReport(0);
    path.Update(2'000'000);
  }
  EXPECT_EQ(path.bits_per_second(), 3'000'000u);
}

}  // namespace
}  // namespace koeru::media
