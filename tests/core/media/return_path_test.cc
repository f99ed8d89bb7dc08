#include "core/media/return_path.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

// Of 100 packets that were sent.
ReturnPath::Report Lost(int64_t lost) { return {.numbers = 100, .lost = lost, .sent = 100}; }

TEST(ReturnPath, AsksForNothingBeforeMuchWasLost) {
  ReturnPath path;
  path.Update(1'000'000);
  for (const int64_t lost : {0, 5, 10}) {
    path.OnReport(Lost(lost));
    path.Update(1'000'000);
  }
  EXPECT_FALSE(path.bits_per_second());
}

TEST(ReturnPath, BeginsWithWhatIsSentAndGoesDownWithLoss) {
  ReturnPath path;
  path.OnReport(Lost(50));
  path.Update(1'000'000);
  EXPECT_EQ(path.bits_per_second(), 750'000u);
  path.OnReport(Lost(20));
  path.Update(700'000);
  EXPECT_EQ(path.bits_per_second(), 675'000u);
}

TEST(ReturnPath, WhatWasLostOnTheWayHereAndNeverSentIsNotCounted) {
  ReturnPath path;
  path.OnReport({.numbers = 125, .lost = 30, .sent = 100});
  path.Update(1'000'000);
  EXPECT_FALSE(path.bits_per_second()) << "5 of 100 are missing on the way back";
  path.OnReport({.numbers = 125, .lost = 45, .sent = 100});
  path.Update(1'000'000);
  EXPECT_EQ(path.bits_per_second(), 900'000u);
}

TEST(ReturnPath, FewPacketsAreLookedAtTogether) {
  ReturnPath path;
  path.OnReport({.numbers = 30, .lost = 6, .sent = 30});
  path.Update(1'000'000);
  EXPECT_FALSE(path.bits_per_second()) << "by chance";
  path.OnReport({.numbers = 70, .lost = 1, .sent = 70});
  path.Update(1'000'000);
  EXPECT_FALSE(path.bits_per_second()) << "7 of 100";
}

TEST(ReturnPath, LatePacketsMakeUpForWhatWasCountedAsLost) {
  ReturnPath path;
  path.OnReport({.numbers = 50, .lost = 20, .sent = 50});
  path.OnReport({.numbers = 50, .lost = -15, .sent = 50});
  path.Update(1'000'000);
  EXPECT_FALSE(path.bits_per_second());
  path.OnReport({.numbers = 100, .lost = -50, .sent = 100});
  path.Update(1'000'000);
  EXPECT_FALSE(path.bits_per_second());
}

TEST(ReturnPath, WithoutAReportNothingChanges) {
  ReturnPath path;
  path.OnReport(Lost(50));
  path.Update(1'000'000);
  path.Update(100'000);
  EXPECT_EQ(path.bits_per_second(), 750'000u);
}

TEST(ReturnPath, GoesUpAgainWhereNothingIsLost) {
  ReturnPath path;
  path.OnReport(Lost(100));
  path.Update(1'000'000);
  for (int i = 0; i < 200; ++i) {
    path.OnReport(Lost(0));
    path.Update(2'000'000);
  }
  EXPECT_EQ(path.bits_per_second(), 3'000'000u);
}

}  // namespace
}  // namespace koeru::media
