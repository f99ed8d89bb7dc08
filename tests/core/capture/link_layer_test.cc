#include "core/capture/link_layer.h"

#include <gtest/gtest.h>
#include <pcap/dlt.h>

#include "tests/core/capture/packets.h"

namespace koeru::capture {
namespace {

const Octets kIp = Hex("45000000");

Octets PayloadOf(int link_type, const Octets& frame) {
  const LinkPayload payload = StripLinkLayer(link_type, frame);
  EXPECT_EQ(payload.outcome, LinkOutcome::kIp);
  return Octets(payload.ip.begin(), payload.ip.end());
}

TEST(LinkLayer, TakesOffEveryKindOfHeader) {
  const Octets addresses(12, 0xAA);
  EXPECT_EQ(PayloadOf(DLT_EN10MB, addresses + Hex("0800") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_EN10MB, addresses + Hex("86dd") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_EN10MB, addresses + Hex("81000001 0800") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_EN10MB, addresses + Hex("88a80001 81000002 86dd") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_LINUX_SLL, Octets(14, 0) + Hex("0800") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_LINUX_SLL2, Hex("86dd") + Octets(18, 0) + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_NULL, Hex("02000000") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_LOOP, Hex("00000018") + kIp), kIp);
  EXPECT_EQ(PayloadOf(DLT_RAW, kIp), kIp);
}

TEST(LinkLayer, OtherProtocolsAreNotIp) {
  const Octets arp = Octets(12, 0) + Hex("0806 0001");
  EXPECT_EQ(StripLinkLayer(DLT_EN10MB, arp).outcome, LinkOutcome::kNotIp);
}

TEST(LinkLayer, EveryTruncationOfAHeaderIsSeen) {
  const Octets frame = Octets(12, 0) + Hex("81000001 0800");
  for (size_t size = 0; size < frame.size(); ++size) {
    EXPECT_EQ(StripLinkLayer(DLT_EN10MB, Bytes(frame).first(size)).outcome, LinkOutcome::kCutShort)
        << size;
  }
}

TEST(LinkLayer, UnknownLinkTypesAreSaid) {
  EXPECT_TRUE(IsKnownLinkType(DLT_EN10MB));
  EXPECT_FALSE(IsKnownLinkType(DLT_IEEE802_11));
  EXPECT_EQ(StripLinkLayer(DLT_IEEE802_11, kIp).outcome, LinkOutcome::kNotIp);
}

}  // namespace
}  // namespace koeru::capture
