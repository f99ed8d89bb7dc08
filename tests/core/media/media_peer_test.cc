#include "core/media/media_peer.h"

#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

using MediaPeerTest = MediaHarness;

TEST_F(MediaPeerTest, QualityCountsBothDirections) {
  const std::string payload(2 * 88, '0');
  for (int i = 0; i < 100; ++i) {
    Receive({.number = i,
             .timestamp = 1800u * static_cast<uint32_t>(i),
             .marker = i % 5 == 0,
             .payload = payload});
    Wait(milliseconds(20));
  }
  const Quality now = quality();
  ASSERT_EQ(now.sections.size(), 2u);
  EXPECT_EQ(now.sections[0].mid, "0");
  EXPECT_EQ(now.sections[0].media, "audio");
  EXPECT_EQ(now.sections[0].received.packets, 0u);
  EXPECT_EQ(now.sections[0].received.jitter_ms, std::nullopt);
  const SectionQuality& video = now.sections[1];
  for (const DirectionQuality* direction : {&video.received, &video.sent}) {
    EXPECT_EQ(direction->packets, 100u);
    EXPECT_EQ(direction->bytes, 100u * 100);
    EXPECT_NEAR(static_cast<double>(direction->bits_per_second), 50 * 100 * 8, 800);
    EXPECT_EQ(direction->frames, 20u);
  }
  EXPECT_EQ(video.received.jitter_ms, 0.0);
  EXPECT_EQ(video.sent.jitter_ms, std::nullopt) << "the peer has not told";
}

TEST_F(MediaPeerTest, AfterARenegotiationStreamsThatStayGoOn) {
  Receive({.number = 10});
  Receive({.payload_type = kOpus, .number = 5, .ssrc = kAudio});
  peer_->SetMedia({VideoSection()}, now_);
  const Packet next = Receive({.number = 11});
  EXPECT_EQ(View(next).sequence_number(), 11);
  EXPECT_EQ(View(next).ssrc(), kOwnVideo);
  EXPECT_TRUE(Receive({.payload_type = kOpus, .number = 6, .ssrc = kAudio}).empty());
  EXPECT_EQ(quality().drops.unknown_section, 1u);
  ASSERT_EQ(quality().sections.size(), 1u);
  EXPECT_EQ(quality().sections[0].received.packets, 2u);
}

TEST_F(MediaPeerTest, AStreamThatWasPausedGoesOnWithItsNumbers) {
  Receive({.number = 10});
  sdp::AnsweredMedia paused = VideoSection();
  paused.sends = false;
  paused.ssrc = paused.rtx_ssrc = 0;
  peer_->SetMedia({AudioSection(), paused}, now_);
  EXPECT_TRUE(Receive({.number = 11}).empty());
  peer_->SetMedia({AudioSection(), VideoSection()}, now_);
  const Packet next = Receive({.number = 12});
  EXPECT_EQ(View(next).sequence_number(), 11);
  Wait(milliseconds(10));
  EXPECT_EQ(Sent<rtp::PictureLossIndication>().size(), 1u) << "it is in the middle of its stream";
}

TEST_F(MediaPeerTest, WhatWaitsForASectionThatIsGoneIsNotSent) {
  Make({.mode = Mode::kDelayedEcho, .delay = milliseconds(1000)});
  Receive({.number = 10});
  Receive({.payload_type = kOpus, .number = 5, .ssrc = kAudio});
  peer_->SetMedia({AudioSection()}, now_);
  Wait(milliseconds(1000));
  ASSERT_EQ(SentRtp().size(), 1u);
  const Packet sent = SentRtp()[0];
  EXPECT_EQ(View(sent).ssrc(), kOwnAudio);
}

TEST_F(MediaPeerTest, Rfc3550_6_6_CloseSaysByeForAllItsSsrcs) {
  Receive({.number = 10});
  peer_->Close(now_, wall(), actions_);
  std::vector<uint32_t> ssrcs;
  for (const auto& bye : Sent<rtp::Bye>())
    ssrcs.insert(ssrcs.end(), bye.ssrcs.begin(), bye.ssrcs.end());
  EXPECT_EQ(ssrcs, (std::vector<uint32_t>{kOwnAudio, kOwnVideo, kOwnRtx}));
  EXPECT_EQ(Sent<rtp::SenderReport>().size(), 1u);
  Clear();
  EXPECT_EQ(peer_->NextDeadline(), net::Instant::Max());
  peer_->Close(now_, wall(), actions_);
  EXPECT_TRUE(Receive({.number = 11}).empty());
  ReceiveRtcp(Rtcp(rtp::PictureLossIndication{9, kOwnVideo}));
  peer_->OnTimeout(now_ + milliseconds(5000), wall(), actions_);
  EXPECT_TRUE(actions_.empty()) << "nothing is sent afterwards";
}

TEST_F(MediaPeerTest, WithoutAnythingToSendTheReceiverSaysBye) {
  Make({}, {});
  peer_->Close(now_, wall(), actions_);
  ASSERT_EQ(Sent<rtp::Bye>().size(), 1u);
  EXPECT_EQ(Sent<rtp::Bye>()[0].ssrcs, std::vector<uint32_t>{1});
}

}  // namespace
}  // namespace koeru::media
