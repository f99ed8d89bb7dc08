#include "core/media/extensions.h"
#include "core/media/retransmission.h"
#include "core/media/sources.h"
#include "tests/core/media/media_harness.h"

namespace koeru::media {
namespace {

using MediaPeerRtpTest = MediaHarness;

TEST_F(MediaPeerRtpTest, APacketGoesBackUnderTheSsrcOfItsSection) {
  const Packet packet = Receive({.number = 65535, .timestamp = 7000, .marker = true});
  const auto view = View(packet);
  EXPECT_EQ(view.ssrc(), kOwnVideo);
  EXPECT_EQ(view.payload_type(), kVp8);
  EXPECT_EQ(view.sequence_number(), 65535);
  EXPECT_EQ(view.timestamp(), 7000u);
  EXPECT_TRUE(view.marker());
  EXPECT_EQ(ToHex(view.payload()), "1050");
  const Packet sound = Receive({.payload_type = kOpus, .ssrc = kAudio});
  EXPECT_EQ(View(sound).ssrc(), kOwnAudio);
  EXPECT_TRUE(actions_.empty());
}

TEST_F(MediaPeerRtpTest, NothingElseOfThePacketChanges) {
  Packet packet = Rtp({.number = 5, .payload = "00112233"});
  packet[0] = 0x82;  // two CSRCs
  packet.insert(packet.begin() + 12, {1, 2, 3, 4, 5, 6, 7, 8});
  const Packet sent = ReceiveBytes(packet);
  ASSERT_EQ(sent.size(), packet.size());
  EXPECT_TRUE(std::equal(sent.begin(), sent.begin() + 8, packet.begin()));
  EXPECT_TRUE(std::equal(sent.begin() + 12, sent.end(), packet.begin() + 12));
}

TEST_F(MediaPeerRtpTest, Rfc8285_ExtensionsAreThoseOfTheSender) {
  const Packet sent =
      Receive({.extension = NumberElement(999) + MidElement('1') + "a061" + "22bbbbbb"});
  const auto view = View(sent);
  EXPECT_EQ(ToHex(rtp::FindExtension(view, kNumberId)->data), "0001");
  EXPECT_EQ(ToHex(rtp::FindExtension(view, kMidId)->data), "31");
  EXPECT_FALSE(rtp::FindExtension(view, kRidId).has_value());
  EXPECT_EQ(Reader(rtp::FindExtension(view, kSendTimeId)->data).U24(), AbsoluteSendTime(now_));
}

TEST_F(MediaPeerRtpTest, ASourceThatFollowsIsTheSameStreamForTheReceiver) {
  Receive({.number = 100, .timestamp = 90'000});
  now_ = now_ + milliseconds(40);
  const Packet next = Receive({.number = 7, .timestamp = 5, .ssrc = kVideo + 5});
  EXPECT_EQ(View(next).ssrc(), kOwnVideo);
  EXPECT_EQ(View(next).sequence_number(), 101);
  EXPECT_EQ(View(next).timestamp(), 90'000u + 3600);
  const Packet behind = Receive({.number = 8, .timestamp = 3005, .ssrc = kVideo + 5});
  EXPECT_EQ(View(behind).sequence_number(), 102);
  EXPECT_EQ(View(behind).timestamp(), 90'000u + 3600 + 3000);
}

TEST_F(MediaPeerRtpTest, OfTwoSourcesAtOnceTheNewerIsSentBackUntilItPauses) {
  Receive({.number = 100});
  Receive({.number = 7, .ssrc = kVideo + 5});
  EXPECT_TRUE(Receive({.number = 101}).empty());
  EXPECT_EQ(quality().drops.other_source, 1u);
  now_ = now_ + milliseconds(1100);
  const Packet again = Receive({.number = 102});
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(View(again).sequence_number(), 102) << "100, then 101 of the other one";
  Wait(milliseconds(1));
  EXPECT_EQ(Sent<rtp::PictureLossIndication>().size(), 1u) << "it is in the middle of its stream";
}

TEST_F(MediaPeerRtpTest, Rfc7714_8_1_NoNumberIsSentTwiceWithOtherContent) {
  EXPECT_FALSE(Receive({.number = 10}).empty());
  EXPECT_TRUE(Receive({.number = 10, .payload = "aabb"}).empty());
  EXPECT_EQ(quality().drops.duplicate, 1u);
  EXPECT_FALSE(Receive({.number = 2000}).empty());
  EXPECT_TRUE(Receive({.number = 10, .payload = "aabb"}).empty());
  EXPECT_EQ(quality().drops.late, 1u);
}

TEST_F(MediaPeerRtpTest, WhatComesOutOfOrderGoesBackOutOfOrder) {
  Receive({.number = 10});
  Receive({.number = 12});
  const Packet late = Receive({.number = 11});
  ASSERT_FALSE(late.empty());
  EXPECT_EQ(View(late).sequence_number(), 11);
}

TEST_F(MediaPeerRtpTest, PaddingStaysHere) {
  const Packet sent = Receive({.number = 1, .payload = "105011", .padding = 50});
  const auto view = View(sent);
  EXPECT_EQ(view.padding_size(), 0u);
  EXPECT_EQ(ToHex(view.payload()), "105011");
  EXPECT_EQ(sent.size(), rtp::kHeaderSize + 3);
}

TEST_F(MediaPeerRtpTest, APacketOfPaddingAloneKeepsItsNumberAndOneByte) {
  Receive({.number = 1});
  const Packet sent = Receive({.number = 2, .payload = "", .padding = 200});
  ASSERT_EQ(sent.size(), rtp::kHeaderSize + 1);
  EXPECT_EQ(View(sent).sequence_number(), 2);
  EXPECT_EQ(View(sent).padding_size(), 1u);
  EXPECT_EQ(quality().probes, 1u);
}

TEST_F(MediaPeerRtpTest, Rfc4588_ARetransmissionIsALatePacketOfItsStream) {
  Receive({.number = 10, .timestamp = 100});
  Receive({.number = 12, .timestamp = 300});
  const Packet sent = Receive({.payload_type = kRtx,
                               .number = 500,
                               .timestamp = 200,
                               .ssrc = kVideoRtx,
                               .marker = true,
                               .payload = "000b"
                                          "cafe",
                               .padding = 3});
  const auto view = View(sent);
  EXPECT_EQ(view.ssrc(), kOwnVideo);
  EXPECT_EQ(view.payload_type(), kVp8);
  EXPECT_EQ(view.sequence_number(), 11);
  EXPECT_EQ(view.timestamp(), 200u);
  EXPECT_TRUE(view.marker());
  EXPECT_EQ(ToHex(view.payload()), "cafe");
  EXPECT_EQ(quality().sections[1].received.retransmissions, 1u);
  EXPECT_EQ(quality().sections[1].received.lost, 1) << "it was lost all the same";
  EXPECT_TRUE(Receive({.number = 11, .payload = "bbbb"}).empty()) << "the original, late";
}

TEST_F(MediaPeerRtpTest, RetransmissionsOfWhatCameAreProbes) {
  Receive({.number = 10});
  EXPECT_TRUE(Receive({.payload_type = kRtx, .number = 1, .ssrc = kVideoRtx, .payload = "000acafe"})
                  .empty());
  EXPECT_EQ(quality().drops.duplicate, 1u);
  EXPECT_TRUE(Receive({.payload_type = kRtx,
                       .number = 2,
                       .ssrc = kVideoRtx,
                       .extension = NumberElement(77),
                       .payload = "",
                       .padding = 255})
                  .empty());
  EXPECT_EQ(quality().probes, 1u);
  EXPECT_EQ(quality().sections[1].received.packets, 3u);
  Wait(milliseconds(60));
  ASSERT_EQ(Sent<rtp::TransportFeedback>().size(), 1u) << "the sender wants to know of its probe";
  EXPECT_EQ(Sent<rtp::TransportFeedback>()[0].base_sequence_number, 77);
}

TEST_F(MediaPeerRtpTest, ARetransmissionBeforeAnyPacketIsOfNobody) {
  EXPECT_TRUE(Receive({.payload_type = kRtx, .number = 1, .ssrc = kVideoRtx, .payload = "000acafe"})
                  .empty());
}

TEST_F(MediaPeerRtpTest, ASourceIsKnownByItsMidThenByItsSsrc) {
  sdp::AnsweredMedia second = VideoSection();
  second.mid = "2";
  second.ssrc = 0xC0;
  second.rtx_ssrc = 0xC1;
  Make({}, {AudioSection(), VideoSection(), second});
  EXPECT_TRUE(Receive({.number = 1}).empty()) << "two sections have its payload type";
  EXPECT_EQ(quality().drops.unknown_section, 1u);
  const Packet first = Receive({.number = 2, .extension = MidElement('2')});
  EXPECT_EQ(View(first).ssrc(), 0xC0u);
  const Packet next = Receive({.number = 3});
  EXPECT_EQ(View(next).ssrc(), 0xC0u);
}

TEST_F(MediaPeerRtpTest, UnknownPayloadTypesAreDroppedAndCounted) {
  EXPECT_TRUE(Receive({.payload_type = 5, .extension = MidElement('1')}).empty());
  Receive({.number = 1});
  EXPECT_TRUE(Receive({.payload_type = 5, .number = 2}).empty());
  EXPECT_TRUE(Receive({.payload_type = kRtx, .number = 3, .payload = "000acafe"}).empty())
      << "RFC 4588 section 5.2: not with the SSRC of its media";
  EXPECT_EQ(quality().drops.unknown_payload_type, 3u);
}

TEST_F(MediaPeerRtpTest, WhatIsNoRtpIsDroppedAndCounted) {
  EXPECT_TRUE(ReceiveBytes(Packet{}).empty());
  EXPECT_TRUE(ReceiveBytes(Packet(12, 0x41)).empty());
  EXPECT_EQ(quality().drops.malformed, 2u);
}

TEST_F(MediaPeerRtpTest, Rfc3550_8_2_OurOwnSsrcsAreRefused) {
  for (const uint32_t ssrc : {kOwnVideo, kOwnRtx, kOwnAudio}) {
    EXPECT_TRUE(Receive({.ssrc = ssrc}).empty());
  }
  EXPECT_EQ(quality().drops.own_ssrc, 3u);
}

TEST_F(MediaPeerRtpTest, SourcesAreBounded) {
  for (uint32_t i = 0; i < 1000; ++i) Receive({.ssrc = 0x5000 + i});
  EXPECT_EQ(quality().drops.too_many_sources, 1000 - Sources::kMost);
}

TEST_F(MediaPeerRtpTest, ASectionThatIsNotSentGetsNothingBack) {
  sdp::AnsweredMedia video = VideoSection();
  video.sends = false;
  video.ssrc = video.rtx_ssrc = 0;
  Make({}, {AudioSection(), video});
  EXPECT_TRUE(Receive({.number = 1}).empty());
  EXPECT_EQ(quality().sections[1].received.packets, 1u);
}

TEST_F(MediaPeerRtpTest, ASinkTakesEverythingAndSendsNothingBack) {
  Make({.mode = Mode::kSink});
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(
        Receive({.number = i, .extension = NumberElement(static_cast<uint16_t>(i))}).empty());
  }
  EXPECT_EQ(quality().sections[1].received.packets, 100u);
  Wait(milliseconds(2000));
  EXPECT_TRUE(SentRtp().empty());
  EXPECT_FALSE(Sent<rtp::TransportFeedback>().empty());
  EXPECT_FALSE(Sent<rtp::ReceiverReport>().empty());
  EXPECT_TRUE(Sent<rtp::SenderReport>().empty());
}

TEST_F(MediaPeerRtpTest, ADelayedEchoComesInOrderAndAtThePaceOfWhatCame) {
  Make({.mode = Mode::kDelayedEcho, .delay = milliseconds(1000)});
  EXPECT_TRUE(Receive({.number = 1, .extension = NumberElement(90)}).empty());
  Wait(milliseconds(30));
  EXPECT_TRUE(Receive({.number = 2, .extension = NumberElement(91)}).empty());
  Wait(milliseconds(969));
  EXPECT_TRUE(SentRtp().empty());
  Wait(milliseconds(1));
  ASSERT_EQ(SentRtp().size(), 1u);
  const net::Instant sent_at = now_;
  Wait(milliseconds(29));
  EXPECT_EQ(SentRtp().size(), 1u);
  Wait(milliseconds(1));
  ASSERT_EQ(SentRtp().size(), 2u);
  const Packet first = SentRtp()[0];
  EXPECT_EQ(View(first).ssrc(), kOwnVideo);
  EXPECT_EQ(View(first).sequence_number(), 1);
  EXPECT_EQ(ToHex(rtp::FindExtension(View(first), kNumberId)->data), "0001");
  EXPECT_EQ(quality().sections[1].sent.packets, 2u);
  EXPECT_LT(kStart, sent_at);
}

TEST_F(MediaPeerRtpTest, ADelayIsHalfASecondToFive) {
  Make({.mode = Mode::kDelayedEcho, .delay = milliseconds(1)});
  Receive({.number = 1});
  Wait(milliseconds(499));
  EXPECT_TRUE(SentRtp().empty());
  Wait(milliseconds(1));
  EXPECT_EQ(SentRtp().size(), 1u);
  Make({.mode = Mode::kDelayedEcho, .delay = std::chrono::hours(1)});
  Receive({.number = 1});
  Wait(milliseconds(5000));
  EXPECT_EQ(SentRtp().size(), 1u);
}

TEST_F(MediaPeerRtpTest, ADelayedEchoIsBoundedAndDropsTheOldest) {
  Make({.mode = Mode::kDelayedEcho, .delay = milliseconds(5000)});
  const std::string payload(2 * 1188, '0');
  for (int i = 0; i < 5000; ++i) Receive({.number = i, .payload = payload});
  EXPECT_GT(quality().drops.delay_full, 0u);
  Wait(milliseconds(5000));
  EXPECT_EQ(SentRtp().size() + quality().drops.delay_full, 5000u);
  EXPECT_EQ(View(SentRtp().back()).sequence_number(), 4999);
}

TEST_F(MediaPeerRtpTest, WhatExceedsTheLimitByMoreThanABurstIsDropped) {
  Make({.max_bits_per_second = 800'000});
  const std::string payload(2 * 988, '0');
  int sent = 0;
  // 1000 bytes each 5 ms: 1.6 Mbit/s.
  for (int i = 0; i < 2000; ++i) {
    if (!Receive({.number = i, .payload = payload}).empty()) ++sent;
    Wait(milliseconds(5));
    Clear();
  }
  EXPECT_NEAR(sent, 1000 + 50, 2);
  EXPECT_EQ(quality().drops.over_limit, static_cast<uint64_t>(2000 - sent));
}

TEST_F(MediaPeerRtpTest, TheFirstPacketOfAPictureThatCannotBeSeenAsksForAWholeOneOnce) {
  Receive({.number = 1, .payload = "1051"});
  Receive({.number = 2, .payload = "1051"});
  Wait(milliseconds(5000));
  const auto plis = Sent<rtp::PictureLossIndication>();
  ASSERT_EQ(plis.size(), 1u);
  EXPECT_EQ(plis[0].media_ssrc, kVideo);
  EXPECT_EQ(plis[0].sender_ssrc, kOwnAudio);
}

TEST_F(MediaPeerRtpTest, AKeyFrameAtTheBeginningNeedsNoRequest) {
  Receive({.number = 1, .payload = "1050"});
  Receive({.payload_type = kOpus, .ssrc = kAudio, .payload = "1051"});
  Wait(milliseconds(5000));
  EXPECT_TRUE(Sent<rtp::PictureLossIndication>().empty());
}

TEST_F(MediaPeerRtpTest, AGapIsAskedFor) {
  Receive({.number = 1});
  Receive({.number = 4});
  Wait(milliseconds(5));
  const auto nacks = Sent<rtp::Nack>();
  ASSERT_EQ(nacks.size(), 1u);
  EXPECT_EQ(nacks[0].media_ssrc, kVideo);
  EXPECT_EQ(nacks[0].sequence_numbers, (std::vector<uint16_t>{2, 3}));
  EXPECT_EQ(quality().sections[1].received.nacked_packets, 2u);
}

TEST_F(MediaPeerRtpTest, AGapThatIsTooLongIsAReasonForAPicture) {
  Receive({.number = 1});
  Receive({.number = 2000});
  Wait(milliseconds(100));
  EXPECT_TRUE(Sent<rtp::Nack>().empty());
  EXPECT_EQ(Sent<rtp::PictureLossIndication>().size(), 1u);
}

}  // namespace
}  // namespace koeru::media
