#include "core/media/continuation.h"

#include <gtest/gtest.h>

#include <set>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
constexpr uint32_t kClock = 90000;

TEST(Continuation, TheFirstSourceKeepsItsNumbers) {
  Continuation stream;
  stream.Begin({1000, 5000}, kClock, kStart);
  const auto mapped = stream.Map({1000, 5000}, kStart);
  ASSERT_TRUE(mapped.has_value());
  EXPECT_EQ(mapped->number, 1000);
  EXPECT_EQ(mapped->timestamp, 5000u);
  EXPECT_EQ(stream.Map({999, 4000}, kStart)->number, 999) << "one that was overtaken";
  EXPECT_EQ(stream.timestamp_offset(), 0u);
}

TEST(Continuation, ASourceThatFollowsGoesOnWithoutAGap) {
  Continuation stream;
  stream.Begin({65530, 5000}, kClock, kStart);
  stream.Map({65540, 5000}, kStart);
  stream.Begin({3, 0xFFFFFF00}, kClock, kStart + milliseconds(40));
  const auto mapped = stream.Map({3, 0xFFFFFF00}, kStart + milliseconds(40));
  EXPECT_EQ(mapped->number, 65541);
  EXPECT_EQ(mapped->timestamp, 5000u + 40 * 90);
  EXPECT_EQ(stream.Map({5, 0xFFFFFF00 + 1000}, kStart + milliseconds(50))->timestamp,
            5000u + 40 * 90 + 1000);
  EXPECT_EQ(stream.highest(), 65543);
}

TEST(Continuation, WhatCameBeforeItsFirstPacketHasNoNumber) {
  Continuation stream;
  stream.Begin({10, 0}, kClock, kStart);
  stream.Map({10, 0}, kStart);
  stream.Begin({100, 0}, kClock, kStart);
  stream.Map({100, 0}, kStart);
  EXPECT_EQ(stream.Map({99, 0}, kStart), std::nullopt);
  EXPECT_EQ(stream.highest(), 11);
}

TEST(Continuation, TimeGoesOnEvenWithoutAPause) {
  Continuation stream;
  stream.Begin({10, 700}, kClock, kStart);
  stream.Map({10, 700}, kStart);
  stream.Begin({10, 700}, kClock, kStart - milliseconds(5));
  EXPECT_EQ(stream.Map({10, 700}, kStart)->timestamp, 701u);
}

TEST(Continuation, NoNumberIsGivenTwiceWhoeverTakesOver) {
  Continuation stream;
  std::set<int64_t> given;
  uint32_t random = 7;
  int64_t number[2] = {100, 60'000};
  size_t present = 0;
  stream.Begin({number[0], 0}, kClock, kStart);
  for (int i = 0; i < 10'000; ++i) {
    random = random * 1664525 + 1013904223;
    if ((random >> 8) % 50 == 0) {
      present = 1 - present;
      stream.Begin({number[present], 0}, kClock, kStart);
    }
    number[present] += 1 + (random >> 16) % 3;
    const auto mapped = stream.Map({number[present], 0}, kStart);
    ASSERT_TRUE(mapped.has_value());
    ASSERT_TRUE(given.insert(mapped->number).second) << i;
  }
}

}  // namespace
}  // namespace koeru::media
