#include "core/rtp/rtcp_packet.h"

#include "core/rtp/picture_request.h"
#include "core/rtp/report.h"
#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

// "type/format:body ..."; " !" at the end when the rest was none.
std::string Packets(const std::string& hex) {
  const std::vector<uint8_t> bytes = *FromHex(hex);
  RtcpPackets packets(bytes);
  std::string text;
  while (const auto packet = packets.Next()) {
    text += std::to_string(static_cast<int>(packet->type)) + "/" + std::to_string(packet->format) +
            ":" + ToHex(packet->body) + " ";
  }
  return text + (packets.ok() ? "" : "!");
}

TEST(RtcpPackets, Rfc3550_6_1_SeveralTravelInOneDatagram) {
  EXPECT_EQ(Packets("80c90001 00000007 81ce0002 00000007 00000008"),
            "201/0:00000007 206/1:0000000700000008 ");
  EXPECT_EQ(Packets(""), "");
  EXPECT_EQ(Packets("80cb0000"), "203/0: ");
}

TEST(RtcpPackets, WhatIsNoneEndsThem) {
  EXPECT_EQ(Packets("80c90001 00000007 81ce0002 00000007"), "201/0:00000007 !");
  EXPECT_EQ(Packets("80c90001 00000007 41ce0000"), "201/0:00000007 !") << "version 1";
  EXPECT_EQ(Packets("80c900"), "!");
}

TEST(RtcpPackets, Rfc3550_6_4_1_PaddingIsTakenAway) {
  EXPECT_EQ(Packets("a0c90002 00000007 00000004"), "201/0:00000007 ");
  EXPECT_EQ(Packets("a0c90001 00000000"), "!") << "no padding at all";
  EXPECT_EQ(Packets("a0c90001 00000005"), "!") << "more than there is";
  EXPECT_EQ(Packets("a0c90000"), "!");
  EXPECT_EQ(Packets("afcd0002 11111111 22220102"), "205/15:111111112222 ")
      << "browsers' transport feedback";
}

TEST(RtcpHeader, HasItsLengthInWords) {
  std::array<uint8_t, 64> buffer{};
  Writer writer(buffer);
  AppendRtcp(writer, ReceiverReport{.ssrc = 7});
  AppendRtcp(writer, PictureLossIndication{7, 8});
  EXPECT_EQ(ToHex(writer.written()), "80c900010000000781ce00020000000700000008");
}

TEST(RtcpHeader, ABufferThatIsTooSmallGivesNothing) {
  std::array<uint8_t, 11> buffer{};
  Writer writer(buffer);
  AppendRtcp(writer, PictureLossIndication{7, 8});
  EXPECT_FALSE(writer.ok());
}

}  // namespace
}  // namespace koeru::rtp
