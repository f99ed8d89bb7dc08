#include "core/media/arrival_feedback.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

using std::chrono::milliseconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);

TEST(ArrivalFeedback, IsDueSoonAfterTheFirstPacket) {
  ArrivalFeedback feedback;
  EXPECT_EQ(feedback.NextDeadline(), net::Instant::Max());
  feedback.OnPacket(1, 9, kStart);
  feedback.OnPacket(2, 9, kStart + milliseconds(20));
  EXPECT_EQ(feedback.NextDeadline(), kStart + ArrivalFeedback::kInterval);
}

TEST(ArrivalFeedback, ManyPacketsAreToldAtOnce) {
  ArrivalFeedback feedback;
  for (size_t i = 0; i < ArrivalFeedback::kMany; ++i) {
    EXPECT_GT(feedback.NextDeadline(), kStart);
    feedback.OnPacket(static_cast<uint16_t>(i), 9, kStart);
  }
  EXPECT_LE(feedback.NextDeadline(), kStart);
}

TEST(ArrivalFeedback, TellsOfEveryPacketOnce) {
  ArrivalFeedback feedback;
  for (uint16_t i = 0; i < 50; ++i) feedback.OnPacket(i, 9, kStart + milliseconds(i));
  Actions actions;
  {
    CompoundWriter out(7, "koeru", actions);
    feedback.Write(7, out);
  }
  ASSERT_EQ(actions.size(), 1u);
  rtp::RtcpPackets packets(actions.BytesOf(std::get<SendRtcp>(actions[0])));
  packets.Next();
  packets.Next();
  const auto told = rtp::TransportFeedback::Decode(*packets.Next());
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told->sender_ssrc, 7u);
  EXPECT_EQ(told->media_ssrc, 9u);
  EXPECT_EQ(told->arrivals.size(), 50u);
  EXPECT_EQ(feedback.NextDeadline(), net::Instant::Max());
  EXPECT_EQ(feedback.count(), 1u);
}

}  // namespace
}  // namespace koeru::media
