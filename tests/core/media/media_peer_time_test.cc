#include <map>

#include "core/media/bandwidth_estimate.h"
#include "core/media/return_path.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

class MediaPeerTimeTest : public MediaHarness {
 protected:
  // A packet of each section all 20 ms, with transport-wide numbers.
  void Run(net::Duration duration) {
    for (const net::Instant end = now_ + duration; now_ < end; ++count_) {
      const auto number = static_cast<uint16_t>(2 * count_);
      Receive({.payload_type = kOpus,
               .number = count_,
               .timestamp = 960u * static_cast<uint32_t>(count_),
               .ssrc = kAudio,
               .extension = NumberElement(number)});
      Receive({.number = count_,
               .timestamp = 1800u * static_cast<uint32_t>(count_),
               .extension = NumberElement(static_cast<uint16_t>(number + 1))});
      Wait(milliseconds(20));
    }
  }
  int count_ = 0;
};

TEST_F(MediaPeerTimeTest, Rfc3550_6_2_EachSectionReportsAboutOnceASecond) {
  Run(milliseconds(20'000));
  std::map<uint32_t, int> count_by_ssrc;
  for (const auto& report : Sent<rtp::SenderReport>()) ++count_by_ssrc[report.ssrc];
  EXPECT_EQ(count_by_ssrc.size(), 2u);
  EXPECT_NEAR(count_by_ssrc[kOwnAudio], 20, 5);
  EXPECT_NEAR(count_by_ssrc[kOwnVideo], 20, 5);
}

TEST_F(MediaPeerTimeTest, Rfc3550_6_1_EachCompoundHasTheCname) {
  Make({.cname = "somebody"});
  Run(milliseconds(3000));
  for (const auto& description : Sent<rtp::SourceDescription>()) {
    EXPECT_EQ(description.cname, "somebody");
  }
  EXPECT_GT(Sent<rtp::SourceDescription>().size(), 20u);
}

TEST_F(MediaPeerTimeTest, TransportWideFeedbackTellsOfEachPacketOnce) {
  Run(milliseconds(2000));
  Wait(milliseconds(100));
  size_t told = 0;
  const auto feedbacks = Sent<rtp::TransportFeedback>();
  for (const auto& feedback : feedbacks) {
    EXPECT_EQ(feedback.base_sequence_number, told);
    for (const auto& arrival : feedback.arrivals) EXPECT_TRUE(arrival.has_value());
    told += feedback.arrivals.size();
  }
  EXPECT_EQ(told, 200u);
  EXPECT_GE(feedbacks.size(), 2000u / 100);
  EXPECT_LE(feedbacks.size(), 2000u / 50);
  EXPECT_EQ(quality().transport_feedbacks, feedbacks.size());
}

TEST_F(MediaPeerTimeTest, ManyPacketsAreToldSooner) {
  for (int i = 0; i < 100; ++i) {
    Receive({.number = i, .extension = NumberElement(static_cast<uint16_t>(i))});
  }
  EXPECT_LE(peer_->NextDeadline(), now_);
}

TEST_F(MediaPeerTimeTest, WithTransportWideFeedbackAndNoLimitThereIsNoRemb) {
  Run(milliseconds(3000));
  EXPECT_TRUE(Sent<rtp::Remb>().empty());
}

TEST_F(MediaPeerTimeTest, WithoutItRembTellsWhatThePathCarries) {
  sdp::AnsweredMedia video = VideoSection();
  for (auto& codec : video.codecs) codec.transport_cc = false;
  Make({}, {video});
  Run(milliseconds(3000));
  const auto rembs = Sent<rtp::Remb>();
  ASSERT_GE(rembs.size(), 2u);
  EXPECT_LE(rembs.size(), 6u);
  EXPECT_EQ(rembs[0].ssrcs, std::vector<uint32_t>{kVideo});
  EXPECT_GE(rembs[0].bitrate, 990'000u);
  EXPECT_TRUE(Sent<rtp::TransportFeedback>().empty());
}

TEST_F(MediaPeerTimeTest, WhoGetsMuchLessBackIsAskedToSendLess) {
  Run(milliseconds(4000));
  EXPECT_TRUE(Sent<rtp::Remb>().empty());
  uint64_t before = UINT64_MAX;
  rtp::ReportBlock block;
  block.ssrc = kOwnVideo;
  for (int i = 0; i < 6; ++i) {
    // One in four, since the report before.
    block.packets_lost += (count_ - 1 - static_cast<int>(block.highest_sequence_number)) / 4;
    block.highest_sequence_number = static_cast<uint32_t>(count_ - 1);
    ReceiveRtcp(Rtcp(rtp::ReceiverReport{kVideo, {block}}));
    Clear();
    Run(milliseconds(4000));
    if (i == 0) continue;  // nothing was before it
    const auto rembs = Sent<rtp::Remb>();
    ASSERT_FALSE(rembs.empty());
    EXPECT_EQ(rembs[0].ssrcs, std::vector<uint32_t>{kVideo});
    EXPECT_LE(rembs.back().bitrate, before);
    before = rembs.back().bitrate;
  }
  EXPECT_LE(before, BandwidthEstimate::kLeast) << "of 30 kbit/s that are sent";
}

// Its numbers are missing there, too.
TEST_F(MediaPeerTimeTest, WhatIsLostOnTheWayHereIsNoReasonToAskForLess) {
  rtp::ReportBlock block;
  block.ssrc = kOwnVideo;
  for (int i = 0; i < 6; ++i) {
    Run(milliseconds(4000));
    block.highest_sequence_number = static_cast<uint32_t>(count_ - 1);
    ReceiveRtcp(Rtcp(rtp::ReceiverReport{kVideo, {block}}));
    count_ += 50;
    block.packets_lost += 50;
  }
  Run(milliseconds(1500));
  EXPECT_TRUE(Sent<rtp::Remb>().empty());
}

TEST_F(MediaPeerTimeTest, ALimitIsToldByRemb) {
  Make({.max_bits_per_second = 262'144});
  Run(milliseconds(3000));
  const auto rembs = Sent<rtp::Remb>();
  ASSERT_GE(rembs.size(), 2u);
  for (const auto& remb : rembs) EXPECT_EQ(remb.bitrate, 262'144u);
}

TEST_F(MediaPeerTimeTest, Rfc3550_6_4_LossAndJitterAreReported) {
  for (int i = 0; i < 100; ++i) {
    if (i % 10 != 5) Receive({.number = i, .timestamp = 1800u * static_cast<uint32_t>(i)});
    Wait(milliseconds(i % 2 == 0 ? 15 : 25));
  }
  Wait(milliseconds(1500));
  rtp::ReportBlock last;
  for (const auto& report : Sent<rtp::SenderReport>()) {
    if (!report.blocks.empty()) last = report.blocks[0];
  }
  EXPECT_EQ(last.ssrc, kVideo);
  EXPECT_EQ(last.packets_lost, 10);
  EXPECT_GT(last.jitter, 100u);
  EXPECT_LT(last.jitter, 900u);
}

TEST_F(MediaPeerTimeTest, WhereNothingIsSentThereAreReceiverReports) {
  sdp::AnsweredMedia video = VideoSection();
  video.sends = false;
  video.ssrc = video.rtx_ssrc = 0;
  Make({}, {video});
  Run(milliseconds(3000));
  EXPECT_TRUE(Sent<rtp::SenderReport>().empty());
  size_t with_blocks = 0;
  for (const auto& report : Sent<rtp::ReceiverReport>()) {
    EXPECT_EQ(report.ssrc, 1u);
    if (!report.blocks.empty()) ++with_blocks;
  }
  EXPECT_GE(with_blocks, 2u);
}

TEST_F(MediaPeerTimeTest, DataChannelsHaveNoReports) {
  sdp::AnsweredMedia data;
  data.mid = "2";
  data.media = "application";
  data.accepted = true;
  Make({}, {data});
  Wait(milliseconds(5000));
  EXPECT_TRUE(actions_.empty());
}

}  // namespace
}  // namespace koeru::media
