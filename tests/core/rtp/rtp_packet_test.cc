#include "core/rtp/rtp_packet.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::rtp {
namespace {

using Packet = std::vector<uint8_t>;

// Two CSRCs, an extension of one word, three bytes of payload, three of padding.
const Packet kFull =
    *FromHex("b2e0fffe 01020304 cafebabe 00000001 00000002 bede0001 10aa0000 112233 000003");

TEST(RtpPacket, Rfc7714_16_TheSamplePacketIsRead) {
  const Packet bytes = *FromHex("8040f17b8041f8d35501a0b247616c6c696120");
  const auto packet = RtpPacket::Parse(bytes);
  ASSERT_TRUE(packet.ok());
  EXPECT_EQ(packet->payload_type(), 64);
  EXPECT_FALSE(packet->marker());
  EXPECT_EQ(packet->sequence_number(), 0xF17B);
  EXPECT_EQ(packet->timestamp(), 0x8041F8D3u);
  EXPECT_EQ(packet->ssrc(), 0x5501A0B2u);
  EXPECT_EQ(packet->extension_profile(), 0);
  EXPECT_EQ(ToHex(packet->payload()), "47616c6c696120");
}

TEST(RtpPacket, Rfc3550_5_1_HasItsOptionalParts) {
  const auto packet = RtpPacket::Parse(kFull);
  ASSERT_TRUE(packet.ok());
  EXPECT_TRUE(packet->marker());
  EXPECT_EQ(packet->payload_type(), 96);
  EXPECT_EQ(packet->csrc_count(), 2u);
  EXPECT_EQ(packet->extension_profile(), 0xBEDE);
  EXPECT_EQ(ToHex(packet->extension()), "10aa0000");
  EXPECT_EQ(packet->extension_offset(), 24u);
  EXPECT_EQ(ToHex(packet->payload()), "112233");
  EXPECT_EQ(packet->padding_size(), 3u);
}

TEST(RtpPacket, EveryTruncationOfItsHeadersIsRefused) {
  for (size_t size = 0; size < 28; ++size) {
    EXPECT_FALSE(RtpPacket::Parse(Bytes(kFull).first(size)).ok()) << size;
  }
}

TEST(RtpPacket, PaddingMustFit) {
  Packet packet = kFull;
  packet.back() = 6;
  ASSERT_TRUE(RtpPacket::Parse(packet).ok());
  EXPECT_TRUE(RtpPacket::Parse(packet)->payload().empty()) << "padding alone, to probe the path";
  packet.back() = 7;
  EXPECT_FALSE(RtpPacket::Parse(packet).ok());
  packet.back() = 0;
  EXPECT_FALSE(RtpPacket::Parse(packet).ok());
}

TEST(RtpPacket, OtherVersionsAreRefused) {
  Packet packet = kFull;
  for (const int first : {0x32, 0x72, 0xF2}) {
    packet[0] = static_cast<uint8_t>(first);
    EXPECT_FALSE(RtpPacket::Parse(packet).ok());
  }
}

TEST(RtpPacket, FieldsAreChangedInPlaceAndNothingElse) {
  Packet packet = kFull;
  SetPayloadType(packet, 111);
  SetSequenceNumber(packet, 7);
  SetTimestamp(packet, 8);
  SetSsrc(packet, 9);
  const auto changed = RtpPacket::Parse(packet);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->payload_type(), 111);
  EXPECT_TRUE(changed->marker());
  EXPECT_EQ(changed->sequence_number(), 7);
  EXPECT_EQ(changed->timestamp(), 8u);
  EXPECT_EQ(changed->ssrc(), 9u);
  EXPECT_EQ(packet[0], kFull[0]);
  EXPECT_TRUE(std::equal(packet.begin() + 12, packet.end(), kFull.begin() + 12));
}

TEST(RtpPacket, WithoutItsPaddingAPacketIsRead) {
  Packet packet = kFull;
  packet.resize(packet.size() - 3);
  ClearPaddingBit(packet);
  const auto changed = RtpPacket::Parse(packet);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->padding_size(), 0u);
  EXPECT_EQ(ToHex(changed->payload()), "112233");
}

TEST(RtpPacket, Rfc5761_4_RtcpIsToldByItsType) {
  EXPECT_TRUE(IsRtcp(Packet{0x80, 200}));
  EXPECT_TRUE(IsRtcp(Packet{0x80, 206}));
  EXPECT_FALSE(IsRtcp(Packet{0x80, 111}));
  EXPECT_FALSE(IsRtcp(Packet{0x80, 96 | 0x80}));
  EXPECT_FALSE(IsRtcp(Packet{0x80}));
}

}  // namespace
}  // namespace koeru::rtp
