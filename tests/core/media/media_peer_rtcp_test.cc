#include "core/media/retransmission.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

using Entry = rtp::FullIntraRequest::Entry;

class MediaPeerRtcpTest : public MediaHarness {
 protected:
  void ReceiveVideo(int from, int to) {
    for (int i = from; i <= to; ++i)
      Receive({.number = i, .timestamp = 3000u * static_cast<uint32_t>(i)});
  }
};

TEST_F(MediaPeerRtcpTest, Rfc4585_6_2_1_WhatIsAskedForIsSentAgain) {
  ReceiveVideo(1, 5);
  ReceiveRtcp(Rtcp(rtp::ReceiverReport{.ssrc = 9}, rtp::Nack{9, kOwnVideo, {2, 4, 77}}));
  const auto sent = SentRtp();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(View(sent[0]).ssrc(), kOwnRtx);
  EXPECT_EQ(OriginalSequenceNumber(View(sent[0])), 2);
  EXPECT_EQ(OriginalSequenceNumber(View(sent[1])), 4);
  EXPECT_EQ(quality().sections[1].sent.nacked_packets, 3u);
  EXPECT_EQ(quality().sections[1].sent.retransmissions, 2u);
}

TEST_F(MediaPeerRtcpTest, NacksAboutOthersAreNotAnswered) {
  ReceiveVideo(1, 5);
  ReceiveRtcp(Rtcp(rtp::Nack{9, kVideo, {2}}, rtp::Nack{9, kOwnRtx, {2}}, rtp::Nack{9, 77, {2}},
                   rtp::Nack{9, kOwnAudio, {2}}));
  EXPECT_TRUE(actions_.empty());
}

TEST_F(MediaPeerRtcpTest, TheSamePacketIsSentAgainOnceInARoundTrip) {
  ReceiveVideo(1, 5);
  const Packet nack = Rtcp(rtp::Nack{9, kOwnVideo, {2, 2, 2}});
  for (int i = 0; i < 100; ++i) ReceiveRtcp(nack);
  EXPECT_EQ(SentRtp().size(), 1u);
  now_ = now_ + milliseconds(100);
  ReceiveRtcp(nack);
  EXPECT_EQ(SentRtp().size(), 2u);
}

TEST_F(MediaPeerRtcpTest, Rfc4585_6_3_1_PliIsPassedOnToTheSourceThatIsSeen) {
  ReceiveVideo(1, 2);
  ReceiveRtcp(Rtcp(rtp::PictureLossIndication{9, kOwnVideo}));
  const auto plis = Sent<rtp::PictureLossIndication>();
  ASSERT_EQ(plis.size(), 1u) << "at once";
  EXPECT_EQ(plis[0].media_ssrc, kVideo);
  EXPECT_EQ(quality().sections[1].sent.plis, 1u);
  EXPECT_EQ(quality().sections[1].received.plis, 1u);
}

TEST_F(MediaPeerRtcpTest, PlisArePassedOnTwiceASecondAtMost) {
  ReceiveVideo(1, 2);
  for (int i = 0; i < 200; ++i) {
    ReceiveRtcp(Rtcp(rtp::PictureLossIndication{9, kOwnVideo}));
    Wait(milliseconds(10));
  }
  EXPECT_LE(Sent<rtp::PictureLossIndication>().size(), 5u);
  EXPECT_GE(Sent<rtp::PictureLossIndication>().size(), 4u);
}

TEST_F(MediaPeerRtcpTest, Rfc5104_4_3_1_FirIsPassedOnOnceForEachWish) {
  ReceiveVideo(1, 2);
  for (const uint8_t number : {uint8_t{5}, uint8_t{5}, uint8_t{5}, uint8_t{6}}) {
    ReceiveRtcp(Rtcp(rtp::FullIntraRequest{9, {Entry{kOwnVideo, number}, Entry{kAudio, 1}}}));
    Wait(milliseconds(600));
  }
  const auto firs = Sent<rtp::FullIntraRequest>();
  ASSERT_EQ(firs.size(), 2u);
  EXPECT_EQ(firs[0].entries, (std::vector{Entry{kVideo, 0}}));
  EXPECT_EQ(firs[1].entries, (std::vector{Entry{kVideo, 1}}));
}

TEST_F(MediaPeerRtcpTest, PliIsPassedOnWhileTheEchoIsDelayed) {
  Make({.mode = Mode::kDelayedEcho, .delay = milliseconds(3000)});
  ReceiveVideo(1, 2);
  ReceiveRtcp(Rtcp(rtp::PictureLossIndication{9, kOwnVideo}));
  EXPECT_EQ(Sent<rtp::PictureLossIndication>().size(), 1u);
}

TEST_F(MediaPeerRtcpTest, Rfc3550_6_4_1_TheReceiversReportTellsLossJitterAndRoundTrip) {
  ReceiveVideo(1, 5);
  Wait(milliseconds(1500));
  rtp::SenderReport ours;
  for (const auto& report : Sent<rtp::SenderReport>()) {
    if (report.ssrc == kOwnVideo) ours = report;
  }
  ASSERT_EQ(ours.packet_count, 5u);
  const net::Duration since = rtp::Between({ours.ntp_timestamp}, wall());
  const auto held =
      static_cast<uint32_t>((since - milliseconds(50)).count() * 65536 / 1'000'000'000);
  ReceiveRtcp(Rtcp(rtp::ReceiverReport{9,
                                       {{.ssrc = kOwnVideo,
                                         .fraction_lost = 64,
                                         .packets_lost = 3,
                                         .jitter = 900,
                                         .last_sender_report = rtp::MiddleOfNtp(ours.ntp_timestamp),
                                         .delay_since_last_sender_report = held}}}));
  const Quality now = quality();
  EXPECT_NEAR(now.round_trip_ms.value_or(-1), 50, 0.1);
  EXPECT_EQ(now.sections[1].sent.lost, 3);
  EXPECT_EQ(now.sections[1].sent.fraction_lost, 0.25);
  EXPECT_EQ(now.sections[1].sent.jitter_ms, 10.0);
}

TEST_F(MediaPeerRtcpTest, Rfc3550_6_4_1_ThePeersReportIsAnsweredWithItsTime) {
  ReceiveVideo(1, 5);
  const uint64_t ntp = kWallStart.value - (uint64_t{77} << 32);
  ReceiveRtcp(Rtcp(rtp::SenderReport{.ssrc = kVideo, .ntp_timestamp = ntp, .rtp_timestamp = 9}));
  Wait(milliseconds(1500));
  bool found = false;
  for (const auto& report : Sent<rtp::SenderReport>()) {
    for (const rtp::ReportBlock& block : report.blocks) {
      if (block.ssrc != kVideo) continue;
      found = true;
      EXPECT_EQ(block.last_sender_report, rtp::MiddleOfNtp(ntp));
      EXPECT_GT(block.delay_since_last_sender_report, 65536u / 8);
      EXPECT_LT(block.delay_since_last_sender_report, 65536u * 3 / 2);
    }
  }
  EXPECT_TRUE(found);
}

TEST_F(MediaPeerRtcpTest, OurReportsKeepSoundAndPictureInStep) {
  Receive({.payload_type = kOpus, .number = 1, .timestamp = 1'000'000, .ssrc = kAudio});
  Receive({.number = 1, .timestamp = 2'000'000});
  const rtp::NtpTime theirs = wall() - std::chrono::hours(5);
  // At one moment of the peer: sound 1000000, picture 2000000; the second report is 35 ms late.
  ReceiveRtcp(Rtcp(rtp::SenderReport{
      .ssrc = kAudio, .ntp_timestamp = theirs.value, .rtp_timestamp = 1'000'000}));
  now_ = now_ + milliseconds(35);
  ReceiveRtcp(Rtcp(rtp::SenderReport{
      .ssrc = kVideo, .ntp_timestamp = theirs.value, .rtp_timestamp = 2'000'000}));
  Wait(milliseconds(1500));
  std::optional<rtp::SenderReport> audio, video;
  for (const auto& report : Sent<rtp::SenderReport>()) {
    (report.ssrc == kOwnAudio ? audio : video) = report;
  }
  ASSERT_TRUE(audio && video);
  // Both back at the moment of the peer: the same one of ours.
  const double audio_s = (static_cast<double>(audio->rtp_timestamp) - 1'000'000) / 48'000;
  const double video_s = (static_cast<double>(video->rtp_timestamp) - 2'000'000) / 90'000;
  const double apart_s =
      static_cast<double>(rtp::Between({audio->ntp_timestamp}, {video->ntp_timestamp}).count()) /
      1e9;
  EXPECT_NEAR(video_s - audio_s, apart_s, 0.0001);
}

TEST_F(MediaPeerRtcpTest, Rfc3550_6_6_ByeEndsASource) {
  ReceiveVideo(10, 12);
  ReceiveVideo(14, 14);
  ReceiveRtcp(Rtcp(rtp::Bye{{kVideo, 77}}));
  EXPECT_EQ(quality().sections[1].received.lost, 1) << "what it lost stays";
  Wait(milliseconds(1000));
  EXPECT_TRUE(Sent<rtp::Nack>().empty()) << "nobody is there to be asked";
  const Packet next = Receive({.number = 500, .ssrc = kVideo + 9});
  EXPECT_EQ(View(next).sequence_number(), 15);
}

TEST_F(MediaPeerRtcpTest, ThePeersEstimateIsTold) {
  ReceiveRtcp(Rtcp(rtp::Remb{9, 640'000, {kOwnVideo}}));
  EXPECT_EQ(quality().remb_bits_per_second, 640'000u);
}

TEST_F(MediaPeerRtcpTest, ReducedSizeAndGarbageAreTaken) {
  ReceiveVideo(1, 3);
  Packet compound = Rtcp(rtp::PictureLossIndication{9, kOwnVideo});
  const Packet garbage = {0x12, 0x34, 0x56};
  compound.insert(compound.end(), garbage.begin(), garbage.end());
  ReceiveRtcp(compound);
  EXPECT_EQ(Sent<rtp::PictureLossIndication>().size(), 1u);
  ReceiveRtcp({});
  ReceiveRtcp(garbage);
}

TEST_F(MediaPeerRtcpTest, AFloodOfNacksSendsNotMoreThanWasSent) {
  const std::string payload(2 * 988, '0');
  for (int i = 0; i < 20; ++i) Receive({.number = i, .payload = payload});
  std::vector<uint16_t> numbers;
  for (uint16_t i = 0; i < 1000; ++i) numbers.push_back(i);
  for (int i = 0; i < 200; ++i) {
    ReceiveRtcp(Rtcp(rtp::Nack{9, kOwnVideo, numbers}));
    Wait(milliseconds(10));
  }
  EXPECT_LE(SentRtp().size(), 21u);
  EXPECT_GE(SentRtp().size(), 19u);
}

}  // namespace
}  // namespace koeru::media
