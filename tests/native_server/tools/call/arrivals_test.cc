#include "native_server/tools/call/arrivals.h"

#include <gtest/gtest.h>

#include <vector>

namespace koeru::tools {
namespace {

constexpr int64_t kMs = 1'000'000;

std::vector<uint8_t> PayloadOf(uint32_t number, int64_t sent_ns = 0, size_t size = 100) {
  std::vector<uint8_t> payload(size);
  WriteStamp(payload, {number, sent_ns});
  return payload;
}

TEST(ArrivalsTest, AStampIsReadAsItWasWritten) {
  const auto stamp = ReadStamp(PayloadOf(0x01020304, 5'000'000'000));
  ASSERT_TRUE(stamp);
  EXPECT_EQ(stamp->number, 0x01020304u);
  EXPECT_EQ(stamp->sent_ns, 5'000'000'000);
}

TEST(ArrivalsTest, AChangedByteIsDamage) {
  for (size_t place : {MediaStamp::kSize, size_t{50}, size_t{99}}) {
    std::vector<uint8_t> payload = PayloadOf(7);
    payload[place] ^= 1;
    Arrivals arrivals;
    arrivals.OnPayload(payload, 10, kMs);
    EXPECT_EQ(arrivals.damaged(), 1) << place;
    EXPECT_EQ(arrivals.received(), 0) << place;
  }
}

TEST(ArrivalsTest, WhatWasNeverSentIsDamage) {
  Arrivals arrivals;
  arrivals.OnPayload(PayloadOf(10), 10, kMs);             // not sent yet
  arrivals.OnPayload(PayloadOf(1, 2 * kMs), 10, kMs);     // from the future
  arrivals.OnPayload(std::vector<uint8_t>(11), 10, kMs);  // too short
  EXPECT_EQ(arrivals.damaged(), 3);
}

TEST(ArrivalsTest, LossOrderAndRepetitionAreTold) {
  Arrivals arrivals;
  for (uint32_t number : {0u, 1u, 4u, 3u, 4u, 3u}) arrivals.OnPayload(PayloadOf(number), 5, kMs);
  EXPECT_EQ(arrivals.received(), 4);
  EXPECT_EQ(arrivals.out_of_order(), 1);
  EXPECT_EQ(arrivals.repeated(), 2);
  EXPECT_EQ(arrivals.Lost(5), 1);
  EXPECT_EQ(arrivals.damaged(), 0);
  EXPECT_EQ(arrivals.bytes(), 400);
}

TEST(ArrivalsTest, TheWindowMovesOn) {
  Arrivals arrivals;
  const uint32_t far = 5 * Arrivals::kWindow;
  arrivals.OnPayload(PayloadOf(0), far + 1, kMs);
  arrivals.OnPayload(PayloadOf(far), far + 1, kMs);
  arrivals.OnPayload(PayloadOf(far + 1 - Arrivals::kWindow), far + 1, kMs);
  EXPECT_EQ(arrivals.received(), 3);
  arrivals.OnPayload(PayloadOf(far - Arrivals::kWindow), far + 1, kMs);
  EXPECT_EQ(arrivals.damaged(), 1);
}

TEST(ArrivalsTest, RoundTripsAreMeasured) {
  Arrivals arrivals;
  arrivals.OnPayload(PayloadOf(0, 0), 3, 10 * kMs);
  arrivals.OnPayload(PayloadOf(1, kMs), 3, 11 * kMs);
  arrivals.OnPayload(PayloadOf(2, 2 * kMs), 3, 92 * kMs);
  EXPECT_EQ(arrivals.worst_ms(), 90);
  EXPECT_NEAR(arrivals.round_trips().PercentileMs(0.5), 10, 0.6);
}

}  // namespace
}  // namespace koeru::tools
