#include "core/relay/bandwidth.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr uint64_t kLimit = 100'000;  // bytes per second

net::Instant At(net::Duration since_start) {
  return net::Instant::FromNanoseconds(seconds(1000).count() * 1'000'000'000) + since_start;
}

TEST(Bandwidth, ASecondsWorthPassesAtOnceAndNoMore) {
  Bandwidth bandwidth;
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 150, At({})), 100u);
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 1, At({})), 0u);
}

TEST(Bandwidth, RoomComesBackWithTime) {
  Bandwidth bandwidth;
  bandwidth.Admit(kLimit, 1000, 100, At({}));
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 1, At(milliseconds(9))), 0u);
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 5, At(milliseconds(10))), 1u);
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 50, At(milliseconds(210))), 20u);
}

TEST(Bandwidth, OverTimeExactlyTheLimitPasses) {
  Bandwidth bandwidth;
  size_t passed = 0;
  for (int ms = 0; ms < 60'000; ++ms)
    passed += bandwidth.Admit(kLimit, 333, 4, At(milliseconds(ms)));
  const size_t bytes = passed * 333;
  EXPECT_GE(bytes, 60 * kLimit);  // and the second's worth at the start
  EXPECT_LE(bytes, 61 * kLimit + 333);
}

TEST(Bandwidth, SilenceIsNotSavedUpBeyondASecond) {
  Bandwidth bandwidth;
  bandwidth.Admit(kLimit, 1000, 100, At({}));
  EXPECT_EQ(bandwidth.Admit(kLimit, 1000, 1000, At(seconds(3600))), 100u);
}

TEST(Bandwidth, ADatagramLargerThanASecondsWorthPassesNowAndThen) {
  Bandwidth bandwidth;
  EXPECT_EQ(bandwidth.Admit(1000, 60'000, 2, At({})), 1u);
  EXPECT_EQ(bandwidth.Admit(1000, 60'000, 1, At(seconds(59))), 0u);
  EXPECT_EQ(bandwidth.Admit(1000, 60'000, 1, At(seconds(60))), 1u);
}

TEST(Bandwidth, EmptyDatagramsCostNothing) {
  Bandwidth bandwidth;
  EXPECT_EQ(bandwidth.Admit(1, 0, 64, At({})), 64u);
}

TEST(Bandwidth, WhatIsChargedWithoutRoomHasToBeWaitedFor) {
  Bandwidth bandwidth;
  bandwidth.Charge(kLimit, 100'000, At({}));
  EXPECT_LE(bandwidth.RoomAt(), At({}));
  bandwidth.Charge(kLimit, 50'000, At({}));
  EXPECT_EQ(bandwidth.RoomAt(), At(milliseconds(500)));
}

}  // namespace
}  // namespace koeru::relay
