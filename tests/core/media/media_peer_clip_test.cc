#include <map>

#include "tests/core/media/media_harness.h"
#include "tests/core/media/test_clip.h"

namespace koeru::media {
namespace {

class MediaPeerClipTest : public MediaHarness {
 protected:
  MediaPeerClipTest() { Make({.mode = Mode::kSource, .clip = TestClip()}); }

  std::map<uint32_t, std::vector<Packet>> SentBySsrc() const {
    std::map<uint32_t, std::vector<Packet>> sent;
    for (Packet& packet : SentRtp()) sent[View(packet).ssrc()].push_back(std::move(packet));
    return sent;
  }
};

TEST_F(MediaPeerClipTest, SoundAndPictureAreSentUnderOurSsrcsThoughNothingComes) {
  Wait(milliseconds(1950));
  auto sent = SentBySsrc();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(sent[kOwnAudio].size(), 98u);
  EXPECT_EQ(sent[kOwnVideo].size(), 60u);
  EXPECT_EQ(quality().sections[1].sent.frames, 20u);
  EXPECT_EQ(quality().sections[1].problem, "");
}

TEST_F(MediaPeerClipTest, EachPacketHasItsMidItsTimeAndTheNextTransportWideNumber) {
  Wait(milliseconds(500));
  uint16_t expected = 1;
  for (const Packet& packet : SentRtp()) {
    const auto view = View(packet);
    const auto mid = rtp::FindExtension(view, kMidId);
    const auto number = rtp::FindExtension(view, kNumberId);
    const auto time = rtp::FindExtension(view, kSendTimeId);
    ASSERT_TRUE(mid && number && time);
    EXPECT_EQ(AsText(mid->data), view.ssrc() == kOwnAudio ? "0" : "1");
    EXPECT_EQ(Reader(number->data).U16(), expected++);
    EXPECT_NE(ToHex(time->data), "000000");
  }
  EXPECT_GT(expected, 30);
}

TEST_F(MediaPeerClipTest, WhatThePageSendsIsNotSentBackButReportedOn) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(Receive({.number = i, .timestamp = 1800u * static_cast<uint32_t>(i)}).empty());
    Wait(milliseconds(20));
  }
  EXPECT_EQ(quality().sections[1].received.packets, 100u);
  bool has_block = false;
  for (const auto& report : Sent<rtp::SenderReport>()) has_block |= !report.blocks.empty();
  EXPECT_TRUE(has_block);
}

TEST_F(MediaPeerClipTest, Rfc3550_6_4_1_ReportsPutSoundAndPictureInStep) {
  Wait(std::chrono::seconds(5));
  auto sent = SentBySsrc();
  // Of both the first packet is of the clip's beginning.
  std::map<uint32_t, net::Duration> since_start;
  for (const auto& report : Sent<rtp::SenderReport>()) {
    const uint32_t units = report.rtp_timestamp - View(sent[report.ssrc][0]).timestamp();
    const int64_t rate = report.ssrc == kOwnAudio ? 48000 : 90000;
    const net::Duration media(int64_t{units} * 1'000'000'000 / rate);
    const net::Duration passed = rtp::Between(kWallStart, {report.ntp_timestamp});
    EXPECT_NEAR(static_cast<double>(media.count()), static_cast<double>(passed.count()), 1e6);
    EXPECT_GT(report.packet_count, 0u);
    since_start[report.ssrc] = media;
  }
  EXPECT_EQ(since_start.size(), 2u);
}

TEST_F(MediaPeerClipTest, Rfc4588_WhatIsLostIsSentAgain) {
  Wait(milliseconds(150));
  const auto lost = View(SentBySsrc()[kOwnVideo][1]).sequence_number();
  Clear();
  ReceiveRtcp(Rtcp(rtp::ReceiverReport{7, {}}, rtp::Nack{7, kOwnVideo, {lost}}));
  const auto again = SentRtp();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(View(again[0]).ssrc(), kOwnRtx);
  EXPECT_EQ(Reader(View(again[0]).payload()).U16(), lost);
  EXPECT_EQ(quality().sections[1].sent.retransmissions, 1u);
}

TEST_F(MediaPeerClipTest, AWishForAKeyFrameIsCountedAndTheClipsNextOneComes) {
  Wait(milliseconds(50));
  ReceiveRtcp(Rtcp(rtp::ReceiverReport{7, {}}, rtp::PictureLossIndication{7, kOwnVideo}));
  Wait(milliseconds(10));
  EXPECT_EQ(quality().sections[1].sent.plis, 1u);
}

TEST_F(MediaPeerClipTest, AClipThatComesLaterBeginsThenAndThePageIsToldUntilThen) {
  Make({.mode = Mode::kSource});
  Wait(milliseconds(700));
  EXPECT_TRUE(SentRtp().empty());
  EXPECT_EQ(quality().sections[0].problem, "nothing is sent yet: the clip is being made");
  peer_->SetClip(TestClip(), now_);
  Wait(milliseconds(90));
  auto sent = SentBySsrc();
  EXPECT_EQ(sent[kOwnAudio].size(), 5u);
  EXPECT_EQ(sent[kOwnVideo].size(), 3u);
  EXPECT_EQ(View(sent[kOwnVideo][0]).payload()[4], 0) << "from its beginning";
  EXPECT_EQ(quality().sections[0].problem, "");
}

TEST_F(MediaPeerClipTest, WithoutItsCodecsNothingIsSentAndThePageIsToldWhy) {
  auto audio = AudioSection(), video = VideoSection();
  audio.codecs[0].encoding_name = "PCMU";
  video.codecs[0].encoding_name = "AV1";
  Make({.mode = Mode::kSource, .clip = TestClip()}, {audio, video});
  Wait(std::chrono::seconds(1));
  EXPECT_TRUE(SentRtp().empty());
  EXPECT_EQ(quality().sections[0].problem,
            "nothing is sent: the clip is Opus, which was not offered");
  EXPECT_EQ(quality().sections[1].problem,
            "nothing is sent: the clip is VP8, which was not offered");
}

TEST_F(MediaPeerClipTest, ASectionThatOnlySendsToUsHasNoProblem) {
  auto video = VideoSection();
  video.sends = false;
  Make({.mode = Mode::kSource, .clip = TestClip()}, {video});
  Wait(milliseconds(300));
  EXPECT_TRUE(SentRtp().empty());
  EXPECT_EQ(quality().sections[0].problem, "");
}

TEST_F(MediaPeerClipTest, AnotherCodecInFrontOfVp8DoesNotMatter) {
  auto video = VideoSection();
  video.codecs.insert(video.codecs.begin(),
                      {.payload_type = 45, .encoding_name = "AV1", .clock_rate = 90000});
  Make({.mode = Mode::kSource, .clip = TestClip()}, {video});
  Wait(milliseconds(50));
  ASSERT_EQ(SentRtp().size(), 3u);
  const auto sent = SentRtp();
  EXPECT_EQ(View(sent[0]).payload_type(), kVp8);
}

TEST_F(MediaPeerClipTest, ASectionThatPausesGoesOnWithAKeyFrameAndItsNumbers) {
  Wait(milliseconds(290));
  const auto before = SentBySsrc()[kOwnVideo];
  auto paused = VideoSection();
  paused.sends = false;
  peer_->SetMedia({AudioSection(), paused}, now_);
  Clear();
  Wait(milliseconds(800));
  EXPECT_EQ(SentBySsrc().count(kOwnVideo), 0u);
  peer_->SetMedia({AudioSection(), VideoSection()}, now_);
  Wait(milliseconds(700));
  const auto after = SentBySsrc()[kOwnVideo];
  ASSERT_FALSE(after.empty());
  EXPECT_EQ(static_cast<uint16_t>(View(after[0]).sequence_number() -
                                  View(before.back()).sequence_number()),
            1);
  EXPECT_EQ(View(after[0]).payload()[4], 2 * 5);
}

TEST_F(MediaPeerClipTest, ARenegotiationThatChangesNothingDoesNotDisturbThePicture) {
  Wait(milliseconds(250));
  Clear();
  peer_->SetMedia({AudioSection(), VideoSection()}, now_);
  Wait(milliseconds(100));
  const auto sent = SentBySsrc()[kOwnVideo];
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(View(sent[0]).payload()[4], 2 * 3);
}

TEST_F(MediaPeerClipTest, AfterItsEndNothingIsSent) {
  Wait(milliseconds(50));
  peer_->Close(now_, wall(), actions_);
  Clear();
  Wait(std::chrono::seconds(2));
  EXPECT_TRUE(SentRtp().empty());
}

}  // namespace
}  // namespace koeru::media
