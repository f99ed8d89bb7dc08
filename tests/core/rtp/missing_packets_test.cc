#include "core/rtp/missing_packets.h"

#include <gtest/gtest.h>

namespace koeru::rtp {
namespace {

using std::chrono::milliseconds;
using Numbers = std::vector<uint16_t>;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(1'000'000'000);
constexpr net::Duration kRoundTrip = milliseconds(100);

class MissingPacketsTest : public ::testing::Test {
 protected:
  void Receive(std::initializer_list<int> numbers, net::Instant now = kStart) {
    for (const int number : numbers) missing_.OnPacket(static_cast<uint16_t>(number), now);
  }
  Numbers DueAfter(milliseconds time) { return missing_.Due(kStart + time, kRoundTrip); }

  MissingPackets missing_;
};

TEST_F(MissingPacketsTest, NothingIsMissingInARow) {
  Receive({65534, 65535, 0, 1});
  EXPECT_EQ(missing_.NextDeadline(), net::Instant::Max());
  EXPECT_EQ(DueAfter(milliseconds(100)), Numbers{});
}

TEST_F(MissingPacketsTest, GapsAreAskedForOverTheEnd) {
  Receive({65533, 1});
  EXPECT_EQ(DueAfter(milliseconds(4)), Numbers{});
  EXPECT_EQ(missing_.NextDeadline(), kStart + milliseconds(5));
  EXPECT_EQ(DueAfter(milliseconds(5)), (Numbers{65534, 65535, 0}));
}

TEST_F(MissingPacketsTest, WhatIsOnlyOutOfOrderIsNotAskedFor) {
  Receive({1, 3, 2, 5, 4});
  EXPECT_EQ(DueAfter(milliseconds(50)), Numbers{});
}

TEST_F(MissingPacketsTest, ANumberIsAskedForOnceInARoundTrip) {
  Receive({1, 3});
  EXPECT_EQ(DueAfter(milliseconds(5)), Numbers{2});
  EXPECT_EQ(DueAfter(milliseconds(104)), Numbers{});
  EXPECT_EQ(DueAfter(milliseconds(105)), Numbers{2});
  Receive({2}, kStart + milliseconds(150));
  EXPECT_EQ(DueAfter(milliseconds(500)), Numbers{});
}

TEST_F(MissingPacketsTest, ANumberIsAskedForSoManyTimes) {
  Receive({1, 3});
  int asked = 0;
  for (int i = 1; i < 50; ++i) asked += static_cast<int>(DueAfter(milliseconds(200 * i)).size());
  EXPECT_EQ(asked, MissingPackets::kMostTries);
  EXPECT_EQ(missing_.count(), 0u);
  EXPECT_TRUE(missing_.TakeGivenUp());
}

TEST_F(MissingPacketsTest, OldNumbersAreGivenUp) {
  Receive({1, 3});
  for (int i = 4; i <= 3 + MissingPackets::kReach; ++i) Receive({i});
  EXPECT_EQ(missing_.count(), 0u);
  EXPECT_TRUE(missing_.TakeGivenUp());
}

TEST_F(MissingPacketsTest, ALongGapIsANewBeginning) {
  Receive({1, 3});
  EXPECT_FALSE(missing_.TakeGivenUp());
  Receive({3 + static_cast<int>(MissingPackets::kMostMissing) + 1});
  EXPECT_EQ(missing_.count(), 0u);
  EXPECT_TRUE(missing_.TakeGivenUp());
  EXPECT_FALSE(missing_.TakeGivenUp());
}

}  // namespace
}  // namespace koeru::rtp
