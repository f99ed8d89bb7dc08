#include "core/media/source.h"

#include "core/media/section.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

using Arrival = SequenceWindow::Arrival;

class SourceTest : public ::testing::Test {
 protected:
  Arrival Take(int number) {
    const Packet packet = Rtp({.number = number});
    return source_.TakePacket(View(packet), kStart).arrival;
  }

  Section section_{VideoSection(), 1, kStart};
  Source source_{kVideo, section_, false, 90000};
};

TEST_F(SourceTest, NumbersAreKnownOverTheirEnd) {
  EXPECT_EQ(Take(65535), Arrival::kNew);
  const Packet packet = Rtp({.number = 0});
  EXPECT_EQ(source_.TakePacket(View(packet), kStart).number, 65536);
  EXPECT_EQ(Take(65535), Arrival::kDuplicate);
  EXPECT_EQ(source_.statistics.packets_received(), 2u) << "a duplicate says nothing of loss";
}

TEST_F(SourceTest, AnOldNumberDoesNotCountAsLossOfAllBehindIt) {
  Take(20'000);
  EXPECT_EQ(Take(10'000), Arrival::kTooOld);
  EXPECT_EQ(source_.statistics.packets_lost(), 0);
}

TEST_F(SourceTest, WhatRtxBringsFillsTheGapAndSaysNothingOfThePath) {
  Take(1);
  Take(3);
  EXPECT_EQ(source_.missing.count(), 1u);
  EXPECT_TRUE(source_.Lacks(2));
  EXPECT_EQ(source_.TakeRestored(2, kStart).arrival, Arrival::kNew);
  EXPECT_FALSE(source_.Lacks(2));
  EXPECT_EQ(source_.missing.count(), 0u);
  EXPECT_EQ(source_.statistics.packets_lost(), 1);
}

TEST_F(SourceTest, TheLastOnesMayBeLackedToo) {
  EXPECT_FALSE(source_.Lacks(1)) << "nothing is known yet";
  Take(65500);
  EXPECT_TRUE(source_.Lacks(65501));
  EXPECT_TRUE(source_.Lacks(20));
  EXPECT_FALSE(source_.Lacks(200));
  EXPECT_FALSE(source_.Lacks(65500));
}

TEST_F(SourceTest, CreditForNacksGrowsWithWhatComes) {
  source_.nack_credit = 0;
  for (int i = 0; i < 10; ++i) Take(i);
  EXPECT_EQ(source_.nack_credit, 10 * Source::kNackCreditPerPacket);
  for (int i = 10; i < 2000; ++i) Take(i);
  EXPECT_EQ(source_.nack_credit, Source::kNackCredit);
}

}  // namespace
}  // namespace koeru::media
