#include "native_server/tools/session_table.h"

#include <gtest/gtest.h>
#include <pcap/dlt.h>

#include "tests/core/capture/packets.h"

namespace koeru::tools {
namespace {

using namespace capture;

using stun::Class;
using stun::Method;

const net::Address kClient = net::Address::V4(192, 0, 2, 9);
const net::Address kServer = net::Address::V4(192, 0, 2, 1);
const Octets kRequest = Stun(Method::kBinding, Class::kRequest, 1);
const Octets kAnswer = Stun(Method::kBinding, Class::kSuccessResponse, 1);

class SessionTableTest : public testing::Test {
 protected:
  void Packet(const Octets& ip, bool cut = false) { table_.OnPacket(DLT_RAW, {++now_, ip, cut}); }
  void ToServer(const Octets& payload) {
    Packet(Ipv4(17, kClient, kServer, Udp(5, 3478, payload)));
  }
  void ToClient(const Octets& payload) {
    Packet(Ipv4(17, kServer, kClient, Udp(3478, 5, payload)));
  }
  void Segment(uint32_t sequence, uint8_t flags, const Octets& payload) {
    Packet(Ipv4(6, kClient, kServer, Tcp(5, 3478, sequence, flags, payload)));
  }
  const Session& only() {
    EXPECT_EQ(table_.Found().size(), 1u);
    return *table_.Found().at(0);
  }

  int64_t now_ = 0;
  SessionTable table_{{}};
};

TEST_F(SessionTableTest, BothDirectionsAreOneSession) {
  ToServer(kRequest);
  ToClient(kAnswer);
  EXPECT_EQ(only().client(), (net::Endpoint{kClient, 5}));
  EXPECT_EQ(only().lines().size(), 2u);
  EXPECT_EQ(only().lines()[1].direction, kToClient);
  EXPECT_TRUE(only().lines()[1].answered_ns);
}

TEST_F(SessionTableTest, ACaptureThatBeginsWithTheAnswerKnowsTheClient) {
  ToClient(kAnswer);
  EXPECT_EQ(only().client(), (net::Endpoint{kClient, 5}));
}

TEST_F(SessionTableTest, CountsChannelDataAndOtherPackets) {
  ToServer(kRequest);
  ToServer(Hex("4000 0002 6869"));
  ToServer(Hex("4000 0002 6869 0000"));
  ToClient(Hex("80e0 0001 00000002 00000003"));
  ToClient(Hex("16fefd 0000 000000000000 0000"));
  EXPECT_EQ(only().channels().at(0x4000)[kToServer].packets, 2u);
  EXPECT_EQ(only().channels().at(0x4000)[kToServer].bytes, 4u);
  EXPECT_EQ(only().others().at("RTP")[kToClient].packets, 1u);
  EXPECT_EQ(only().others().at("DTLS")[kToClient].packets, 1u);
}

TEST_F(SessionTableTest, FlowsOfOtherProtocolsAreCountedAlone) {
  ToServer(Hex("4142 0100 0001 0000 0000 0000"));  // a DNS query
  EXPECT_TRUE(table_.Found().empty());
  EXPECT_EQ(table_.other_flows(), 1u);
}

TEST_F(SessionTableTest, PutsTcpTogetherAndCutsItIntoMessages) {
  const Octets stream = kRequest + Hex("4000 0001 41 000000") + kRequest;
  Segment(999, kSyn, {});
  // Out of order, overlapping, and cut within headers.
  Segment(1010, kAck, Octets(stream.begin() + 10, stream.begin() + 23));
  Segment(1000, kAck, Octets(stream.begin(), stream.begin() + 12));
  Segment(1000, kAck, Octets(stream.begin(), stream.begin() + 12));
  Segment(1023, kAck, Octets(stream.begin() + 23, stream.end()));
  EXPECT_EQ(only().transport(), "TCP");
  EXPECT_EQ(only().stun_messages(), 2u);
  EXPECT_EQ(only().channels().at(0x4000)[kToServer].bytes, 1u);
}

TEST_F(SessionTableTest, TheSamePortsAgainAreANewSession) {
  for (int i = 0; i < 2; ++i) {
    Segment(999, kSyn, {});
    Segment(1000, kAck, kRequest);
  }
  EXPECT_EQ(table_.Found().size(), 2u);
}

TEST_F(SessionTableTest, TlsIsNamedAndHttpIsNot) {
  Segment(1, kAck, Hex("160301 0200 010001fc"));
  EXPECT_TRUE(table_.Found().empty());
  EXPECT_EQ(table_.tls_flows(), 1u);
  Packet(Ipv4(6, kClient, kServer, Tcp(6, 80, 1, kAck, Text("GET / HTTP/1.1\r\n"))));
  EXPECT_EQ(table_.tls_flows(), 1u);
  EXPECT_EQ(table_.other_flows(), 1u);
}

TEST_F(SessionTableTest, AStreamThatBreaksIsNoted) {
  Segment(1000, kAck, kRequest);
  Segment(1020, kAck, Hex("ffffffff"));
  ASSERT_EQ(only().notes.size(), 1u);
  EXPECT_NE(only().notes[0].find("stops making sense"), std::string::npos);
}

TEST_F(SessionTableTest, WhatCannotBeReadIsCounted) {
  Packet(Ipv4(17, kClient, kServer, Text("fragment"), 0x2000));
  Packet(Hex("4500"));
  Packet(Hex("99"));
  Packet(Ipv4(17, kClient, kServer, Udp(5, 3478, kRequest)), true);
  table_.OnPacket(DLT_EN10MB, {1, Octets(12, 0) + Hex("0806"), false});
  EXPECT_EQ(table_.counts().packets, 5u);
  EXPECT_EQ(table_.counts().fragments, 1u);
  EXPECT_EQ(table_.counts().malformed, 2u);
  EXPECT_EQ(table_.counts().cut, 1u);
  EXPECT_EQ(table_.counts().not_ip, 1u);
}

TEST_F(SessionTableTest, FlowsAreLimited) {
  for (size_t i = 0; i < SessionTable::kMaxFlows + 3; ++i) {
    const auto from = net::Address::V4(10, static_cast<uint8_t>(i >> 16),
                                       static_cast<uint8_t>(i >> 8), static_cast<uint8_t>(i));
    Packet(Ipv4(17, from, kServer, Udp(5, 3478, kRequest)));
  }
  EXPECT_EQ(table_.Found().size(), SessionTable::kMaxFlows);
  EXPECT_EQ(table_.counts().left_out, 3u);
}

}  // namespace
}  // namespace koeru::tools
