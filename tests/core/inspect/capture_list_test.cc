#include "core/inspect/capture_list.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::inspect {
namespace {

using namespace capture;

const net::Address kA = net::Address::V4(192, 0, 2, 1);
const net::Address kB = net::Address::V4(198, 51, 100, 2);
const Octets kBinding = Hex("000100002112a442000102030405060708090a0b");

// A pcap file of raw IP packets.
Octets File(const std::vector<Octets>& packets) {
  Octets file = Hex("a1b2c3d4 00020004 00000000 00000000 00040000 00000065");
  for (const Octets& packet : packets) {
    const auto size = static_cast<uint32_t>(packet.size());
    file = file + U32(1) + U32(0) + U32(size) + U32(size) + packet;
  }
  return file;
}

TEST(CaptureList, EachDatagramIsAnEntry) {
  const Octets file = File(
      {Ipv4(17, kA, kB, Udp(5000, 3478, kBinding)), Ipv4(17, kB, kA, Udp(53, 5000, Text("dns?")))});
  const CaptureList list = ListCapture(file);
  ASSERT_EQ(list.packets.size(), 2u);
  const CaptureEntry& entry = list.packets[0];
  EXPECT_EQ(entry.number, 1u);
  EXPECT_EQ(entry.time_ns, 1'000'000'000u);
  EXPECT_EQ(entry.source, "192.0.2.1:5000");
  EXPECT_EQ(entry.destination, "198.51.100.2:3478");
  EXPECT_EQ(entry.transport, "UDP");
  EXPECT_EQ(entry.kind, "STUN");
  EXPECT_EQ(entry.summary, "Binding request");
  EXPECT_EQ(Octets(file.begin() + static_cast<ptrdiff_t>(entry.offset),
                   file.begin() + static_cast<ptrdiff_t>(entry.offset + entry.size)),
            kBinding);
  EXPECT_EQ(list.packets[1].kind, "other");
}

TEST(CaptureList, ATcpSegmentOfWholeMessagesHasAnEntryForEach) {
  const Octets whole = kBinding + Hex("4000 0001 41 000000");
  const Octets file =
      File({Ipv4(6, kA, kB, Tcp(1, 2, 1, kAck, whole)), Ipv4(6, kA, kB, Tcp(1, 2, 1, kSyn, {})),
            Ipv4(6, kA, kB, Tcp(1, 2, 1, kAck, Octets(kBinding.begin(), kBinding.end() - 1))),
            Ipv4(6, kA, kB, Tcp(1, 2, 1, kAck, Hex("16030100")))});
  const CaptureList list = ListCapture(file);
  ASSERT_EQ(list.packets.size(), 4u);
  EXPECT_EQ(list.packets[0].kind, "STUN");
  EXPECT_EQ(list.packets[1].kind, "ChannelData");
  EXPECT_EQ(list.packets[1].number, 1u);
  EXPECT_EQ(list.packets[2].kind, "TCP");
  EXPECT_NE(list.packets[2].summary.find("ends in another segment"), std::string::npos);
  EXPECT_EQ(list.packets[3].kind, "TLS");
}

TEST(CaptureList, AnswersGetTheRealmThatWasNamedBefore) {
  const Octets challenge = Hex("011300082112a442000102030405060708090a0b 00140004 61626364");
  const CaptureList list = ListCapture(File(
      {Ipv4(17, kB, kA, Udp(3478, 5000, challenge)), Ipv4(17, kB, kA, Udp(3478, 5000, kBinding))}));
  ASSERT_EQ(list.packets.size(), 2u);
  EXPECT_EQ(list.packets[0].realm, "");
  EXPECT_EQ(list.packets[1].realm, "abcd");
}

TEST(CaptureList, WhatIsNotListedIsCounted) {
  const Octets file = File(
      {Ipv4(17, kA, kB, Udp(1, 2, kBinding), 0x2000), Hex("00"), Ipv4(1, kA, kB, Text("ping"))});
  const CaptureList list = ListCapture(file);
  EXPECT_EQ(list.total, 3u);
  EXPECT_EQ(list.packets.size(), 0u);
  EXPECT_EQ(list.fragments, 1u);
  EXPECT_EQ(list.malformed, 1u);
  EXPECT_EQ(list.not_ip, 1u);
  EXPECT_FALSE(list.error);
}

TEST(CaptureList, AnUnknownLinkTypeIsSaid) {
  Octets file = File({Text("x")});
  file[23] = 105;  // IEEE 802.11
  EXPECT_EQ(ListCapture(file).unknown_link_type, 105);
}

TEST(CaptureList, ABrokenFileKeepsWhatStandsBefore) {
  Octets file = File({Ipv4(17, kA, kB, Udp(5000, 3478, kBinding))});
  file.push_back(0);
  const CaptureList list = ListCapture(file);
  EXPECT_EQ(list.packets.size(), 1u);
  ASSERT_TRUE(list.error);
  EXPECT_EQ(list.error->offset, file.size() - 1);
}

}  // namespace
}  // namespace koeru::inspect
