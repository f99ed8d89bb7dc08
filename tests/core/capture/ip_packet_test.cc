#include "core/capture/ip_packet.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::capture {
namespace {

const net::Address kA = net::Address::V4(192, 0, 2, 1);
const net::Address kB = net::Address::V4(198, 51, 100, 2);
const net::Address kA6 = *net::Address::Parse("2001:db8::1");
const net::Address kB6 = *net::Address::Parse("2001:db8::2");

Octets PayloadOf(const IpPacket& packet) {
  return Octets(packet.payload.begin(), packet.payload.end());
}

TEST(IpPacket, Ipv4Udp) {
  const Octets bytes = Ipv4(17, kA, kB, Udp(1000, 3478, Text("hello")));
  const auto packet = ParseIpPacket(bytes);
  ASSERT_TRUE(packet.ok());
  EXPECT_EQ(packet->protocol, IpProtocol::kUdp);
  EXPECT_EQ(packet->source, (net::Endpoint{kA, 1000}));
  EXPECT_EQ(packet->destination, (net::Endpoint{kB, 3478}));
  EXPECT_EQ(PayloadOf(*packet), Text("hello"));
  EXPECT_FALSE(packet->cut);
}

TEST(IpPacket, EthernetsPaddingIsNoPayload) {
  const Octets bytes = Ipv4(17, kA, kB, Udp(1, 2, Text("x"))) + Octets(18, 0);
  EXPECT_EQ(PayloadOf(*ParseIpPacket(bytes)), Text("x"));
  const Octets empty = Ipv4(17, kA, kB, Udp(1, 2, {})) + Octets(18, 0);
  EXPECT_TRUE(ParseIpPacket(empty)->payload.empty());
}

TEST(IpPacket, Ipv4Tcp) {
  const Octets bytes = Ipv4(6, kA, kB, Tcp(1, 2, 0xFFFFFFF0, kSyn | kAck, Text("ab")));
  const auto packet = ParseIpPacket(bytes);
  ASSERT_TRUE(packet.ok());
  EXPECT_EQ(packet->sequence, 0xFFFFFFF0u);
  EXPECT_TRUE(packet->syn);
  EXPECT_FALSE(packet->fin);
  EXPECT_EQ(PayloadOf(*packet), Text("ab"));
}

// RFC 8200 section 4.
TEST(IpPacket, Ipv6ExtensionHeadersAreSkipped) {
  const Octets udp = Udp(1, 2, Text("x"));
  const Octets hop_by_hop = Hex("3c00 000000000000");         // next: destination options
  const Octets destination = Hex("2b01") + Octets(14, 0);     // next: routing
  const Octets routing = Hex("3300 000000000000");            // next: authentication
  const Octets authentication = Hex("1104") + Octets(22, 0);  // next: UDP
  const Octets bytes = Ipv6(0, kA6, kB6, hop_by_hop + destination + routing + authentication + udp);
  const auto packet = ParseIpPacket(bytes);
  ASSERT_TRUE(packet.ok()) << packet.error().reason;
  EXPECT_EQ(packet->protocol, IpProtocol::kUdp);
  EXPECT_EQ(packet->source.address, kA6);
  EXPECT_EQ(PayloadOf(*packet), Text("x"));
}

TEST(IpPacket, FragmentsAreTold) {
  EXPECT_TRUE(ParseIpPacket(Ipv4(17, kA, kB, Udp(1, 2, Text("x")), 0x2000))->fragment);
  EXPECT_TRUE(ParseIpPacket(Ipv4(17, kA, kB, Text("x"), 0x0001))->fragment);
  EXPECT_FALSE(ParseIpPacket(Ipv4(17, kA, kB, Udp(1, 2, {}), 0x4000))->fragment);
  const Octets fragment = Hex("1100 0001 00000001");
  EXPECT_TRUE(ParseIpPacket(Ipv6(44, kA6, kB6, fragment + Text("xxxxxxxx")))->fragment);
  // RFC 6946: an atomic fragment is a whole packet.
  const Octets atomic = Hex("1100 0000 00000001");
  EXPECT_FALSE(ParseIpPacket(Ipv6(44, kA6, kB6, atomic + Udp(1, 2, {})))->fragment);
}

TEST(IpPacket, OtherProtocolsAreTold) {
  EXPECT_EQ(ParseIpPacket(Ipv4(1, kA, kB, Text("ping")))->protocol, IpProtocol::kOther);
}

TEST(IpPacket, EveryTruncationIsAnErrorOrToldAsCut) {
  for (const Octets& whole :
       {Ipv4(17, kA, kB, Udp(1, 2, Text("hello"))), Ipv6(17, kA6, kB6, Udp(1, 2, Text("hello")))}) {
    for (size_t size = 0; size < whole.size(); ++size) {
      const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const auto packet = ParseIpPacket(cut);
      EXPECT_TRUE(!packet.ok() || packet->cut) << size;
    }
  }
}

TEST(IpPacket, LengthsThatMakeNoSenseAreErrors) {
  EXPECT_FALSE(ParseIpPacket(Hex("44") + Octets(19, 0)).ok());  // header of 16 bytes
  Octets bytes = Ipv4(17, kA, kB, Udp(1, 2, {}));
  bytes[3] = 19;  // less than the header
  EXPECT_FALSE(ParseIpPacket(bytes).ok());
  bytes = Ipv4(17, kA, kB, U16(1) + U16(2) + U16(7) + U16(0));
  EXPECT_FALSE(ParseIpPacket(bytes).ok());
  bytes = Ipv4(6, kA, kB, Tcp(1, 2, 0, 0, {}));
  bytes[20 + 12] = 0x40;  // 16 bytes of TCP header
  EXPECT_FALSE(ParseIpPacket(bytes).ok());
  EXPECT_FALSE(ParseIpPacket(Ipv6(0, kA6, kB6, Octets(8 * 20, 0))).ok());  // endless options
}

}  // namespace
}  // namespace koeru::capture
