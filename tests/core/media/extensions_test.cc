#include "core/media/extensions.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

constexpr uint8_t kLevel = 1, kSendTime = 2, kNumber = 3, kMid = 4, kRid = 10, kOrientation = 13;

sdp::AnsweredMedia Agreed() {
  sdp::AnsweredMedia media;
  media.extensions = {
      {"urn:ietf:params:rtp-hdrext:ssrc-audio-level", kLevel},
      {"http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", kSendTime},
      {"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", kNumber},
      {"urn:ietf:params:rtp-hdrext:sdes:mid", kMid},
      {"urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", kRid},
      {"urn:3gpp:video-orientation", kOrientation}};
  return media;
}

// "rewritten extension", and " +" behind it when the number was written.
std::string Rewritten(const std::string& profile, const std::string& extension) {
  const std::vector<uint8_t> data = *FromHex(extension);
  EXPECT_EQ(data.size() % 4, 0u);
  std::vector<uint8_t> packet = *FromHex("90600001 00000002 00000003" + profile + "00");
  packet.push_back(static_cast<uint8_t>(data.size() / 4));
  packet.insert(packet.end(), data.begin(), data.end());
  const std::vector<uint8_t> payload = *FromHex("aabbcc");
  packet.insert(packet.end(), payload.begin(), payload.end());
  const std::vector<uint8_t> before = packet;
  const auto view = rtp::RtpPacket::Parse(packet);
  EXPECT_TRUE(view.ok());
  const bool written = Extensions(Agreed()).Rewrite(packet, *view, {0x1234, 0x56789A});
  EXPECT_TRUE(std::equal(packet.begin(), packet.begin() + 16, before.begin()));
  EXPECT_TRUE(std::equal(packet.end() - 3, packet.end(), payload.begin()));
  return ToHex(Bytes(packet).subspan(16, data.size())) + (written ? " +" : "");
}

TEST(Extensions, MidLevelAndOrientationStay) {
  EXPECT_EQ(Rewritten("bede", "1085 4030 d001 0000"), "10854030d0010000");
}

TEST(Extensions, NumberAndTimeAreTheSendersOwn) {
  EXPECT_EQ(Rewritten("bede", "22aaaaaa 31bbbb00"), "2256789a31123400 +");
}

TEST(Extensions, OnesOfAnotherSizeAndWhatWasNotAgreedOnBecomePadding) {
  EXPECT_EQ(Rewritten("bede", "30bb 22aaaaaa a061 6040 4030"), "00002256789a000000004030");
  EXPECT_EQ(Rewritten("bede", "a2616263 512240 30"), "0000000000000030")
      << "the last one is cut short";
}

TEST(Extensions, Rfc8285_4_3_TwoByteHeadersAreTheSame) {
  EXPECT_EQ(Rewritten("1000", "0302bbbb 0a03616263 04 01 30"),
            "03021234000000000004"
            "0130 +");
}

TEST(Extensions, OtherProfilesAreLeftAlone) {
  EXPECT_EQ(Rewritten("abac", "a161 6240"), "a1616240");
}

TEST(Extensions, TheTransportWideNumberIsRead) {
  const std::vector<uint8_t> packet =
      *FromHex("90600001 00000002 00000003 bede0002 4030 31abcd 000000");
  const auto view = rtp::RtpPacket::Parse(packet);
  const Extensions extensions(Agreed());
  EXPECT_EQ(extensions.TransportSequenceNumberOf(*view), 0xABCD);
  EXPECT_EQ(extensions.mid_id(), kMid);
  EXPECT_EQ(Extensions(sdp::AnsweredMedia{}).TransportSequenceNumberOf(*view), std::nullopt);
}

TEST(Extensions, AbsoluteSendTimeHasEighteenBitsBehindThePoint) {
  EXPECT_EQ(AbsoluteSendTime(net::Instant::FromNanoseconds(1'500'000'000)), 3u << 17);
  EXPECT_EQ(AbsoluteSendTime(net::Instant::FromNanoseconds(64'500'000'000)), 1u << 17);
}

TEST(Extensions, ABlockOfOurOwnHasTheMidAndRoomForNumberAndTime) {
  EXPECT_EQ(ToHex(Extensions(Agreed()).NewBlock("1")),
            "bede0003403131000022000000000000");
  EXPECT_EQ(ToHex(Extensions(Agreed()).NewBlock("")),
            "bede00023100002200000000");
}

TEST(Extensions, WithoutAnyOfThemThereIsNoBlock) {
  EXPECT_TRUE(Extensions(sdp::AnsweredMedia{}).NewBlock("1").empty());
}

TEST(Extensions, Rfc8285_4_3_ALongMidOrALargeIdTakesTwoByteHeaders) {
  EXPECT_EQ(ToHex(Extensions(Agreed()).NewBlock("12345678901234567")).substr(0, 12),
            "100000070411");
  sdp::AnsweredMedia media;
  media.extensions = {{"urn:ietf:params:rtp-hdrext:sdes:mid", uint8_t{15}}};
  EXPECT_EQ(ToHex(Extensions(media).NewBlock("7")),
            "100000010f013700");
}

}  // namespace
}  // namespace koeru::media
