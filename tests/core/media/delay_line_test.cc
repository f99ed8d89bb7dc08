#include "core/media/delay_line.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

TEST(DelayLine, PacketsComeOutAsTheyWentIn) {
  DelayLine<int> line(milliseconds(700));
  EXPECT_EQ(line.NextDeadline(), net::Instant::Max());
  line.Add(1, std::vector<uint8_t>{1, 2}, kStart);
  line.Add(2, std::vector<uint8_t>{3}, kStart + milliseconds(30));
  EXPECT_EQ(line.NextDeadline(), kStart + milliseconds(700));
  EXPECT_FALSE(line.Take(kStart + milliseconds(699)).has_value());
  const auto first = line.Take(kStart + milliseconds(700));
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->to, 1);
  EXPECT_EQ(first->bytes, (std::vector<uint8_t>{1, 2}));
  EXPECT_FALSE(line.Take(kStart + milliseconds(700)).has_value());
  EXPECT_EQ(line.NextDeadline(), kStart + milliseconds(730));
  EXPECT_EQ(line.Take(kStart + milliseconds(730))->to, 2);
  EXPECT_EQ(line.bytes(), 0u);
}

TEST(DelayLine, BytesAreBoundedAndTheOldestGo) {
  DelayLine<int> line(milliseconds(5000));
  const std::vector<uint8_t> packet(1000);
  for (int i = 0; i < 6000; ++i) line.Add(i, packet, kStart);
  EXPECT_LE(line.bytes(), DelayLine<int>::kMostBytes);
  EXPECT_GT(line.bytes(), DelayLine<int>::kMostBytes - 1000);
  EXPECT_EQ(line.dropped(), 6000 - DelayLine<int>::kMostBytes / 1000);
  EXPECT_EQ(line.Take(kStart + milliseconds(5000))->to, static_cast<int>(line.dropped()));
}

TEST(DelayLine, PacketsAreBounded) {
  DelayLine<int> line(milliseconds(5000));
  for (int i = 0; i < 10'000; ++i) line.Add(i, std::vector<uint8_t>(12), kStart);
  EXPECT_EQ(line.dropped(), 10'000 - DelayLine<int>::kMostPackets);
}

TEST(DelayLine, AClockThatStepsBackKeepsTheOrder) {
  DelayLine<int> line(milliseconds(500));
  line.Add(1, std::vector<uint8_t>{1}, kStart);
  line.Add(2, std::vector<uint8_t>{2}, kStart - milliseconds(100));
  EXPECT_FALSE(line.Take(kStart + milliseconds(400)).has_value());
  EXPECT_EQ(line.Take(kStart + milliseconds(500))->to, 1);
  EXPECT_EQ(line.Take(kStart + milliseconds(500))->to, 2);
}

}  // namespace
}  // namespace koeru::media
