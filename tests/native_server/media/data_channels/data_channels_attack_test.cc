// Packets of somebody who has the peer's DTLS keys, and means harm.

#include <gtest/gtest.h>

#include <random>

#include "native_server/media/data_channels/data_channels.h"
#include "tests/native_server/media/data_channels/sctp_packet.h"
#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {
namespace {

class DataChannelsAttackTest : public testing::Test {
 protected:
  void SetUp() override {
    client.channels.Start(world.now());
    server.channels.Start(world.now());
    stream = client.channels.Open({.label = "chat"}).value_or(99);
    ASSERT_TRUE(world.RunUntil([&] { return server.opened.contains(stream); }));
    world.Settle();
  }
  bool StillWorks() {
    const size_t before = server.count;
    client.channels.Send(stream, true, AsBytes("are you there"));
    return world.RunUntil([&] { return server.count == before + 1; }, std::chrono::seconds(20));
  }

  SctpWorld world;
  RecordingPeer client{world, 0, {.is_dtls_client = true}};
  RecordingPeer server{world, 1, {}};
  uint16_t stream = 0;
};

TEST_F(DataChannelsAttackTest, BytesThatAreNoPacketAreDropped) {
  std::minstd_rand random(1);
  for (int i = 0; i < 5000; ++i) {
    SctpPacket packet(random() % 1300);
    for (uint8_t& byte : packet) byte = static_cast<uint8_t>(random());
    server.channels.OnPacket(packet);
  }
  EXPECT_TRUE(StillWorks());
}

TEST_F(DataChannelsAttackTest, EveryTruncationOfAPacketIsDropped) {
  const std::deque<SctpPacket> seen = client.sent;
  for (const SctpPacket& packet : seen) {
    for (size_t size = 0; size < packet.size(); ++size) {
      SctpPacket cut(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size));
      server.channels.OnPacket(cut);
    }
  }
  EXPECT_TRUE(StillWorks());
}

TEST_F(DataChannelsAttackTest, AFloodOfInitsMakesNoAssociations) {
  ASSERT_FALSE(client.sent.empty());
  const SctpPacket init = client.sent.front();
  ASSERT_EQ(init[12], 1);  // RFC 9260 section 3.3.2
  const size_t before = world.packets;
  for (int i = 0; i < 10'000; ++i) server.channels.OnPacket(init);
  // At most one answer each, to the peer itself.
  EXPECT_LE(world.packets - before, 10'000u);
  EXPECT_EQ(world.stack().associations(), 2u);
  world.Settle();
  EXPECT_TRUE(StillWorks());
}

TEST_F(DataChannelsAttackTest, InitsOfOtherAssociationsMakeNone) {
  SctpPacket init = client.sent.front();
  for (uint32_t tag = 1; tag < 3000; ++tag) {
    for (size_t i = 0; i < 4; ++i) init[16 + i] = static_cast<uint8_t>(tag >> (8 * i));
    SetChecksum(init);
    server.channels.OnPacket(init);
  }
  EXPECT_EQ(world.stack().associations(), 2u);
  EXPECT_FALSE(server.ended);
}

// The association may end by that; what it must not do is break.
TEST(DataChannelsAttack, ChangedPacketsWithTheRightTagAndChecksumDoNoHarm) {
  std::minstd_rand random(7);
  for (int round = 0; round < 60; ++round) {
    SctpWorld other;
    RecordingPeer first(other, 0, {.is_dtls_client = true}), second(other, 1, {});
    first.channels.Start(other.now());
    second.channels.Start(other.now());
    const auto chat = first.channels.Open({.label = "chat"});
    other.RunUntil([&] { return second.opened.contains(*chat); });
    first.channels.Send(*chat, false, std::vector<uint8_t>(5000));
    first.channels.Close(*chat);
    other.Settle();
    const std::vector<SctpPacket> seen(first.sent.begin(), first.sent.end());
    for (int i = 0; i < 300; ++i) {
      SctpPacket packet = seen[random() % seen.size()];
      for (size_t changes = 1 + random() % 4; changes > 0; --changes) {
        packet[12 + random() % (packet.size() - 12)] = static_cast<uint8_t>(random());
      }
      if (random() % 4 == 0) packet.resize(12 + random() % (packet.size() - 12));
      SetChecksum(packet);
      second.channels.OnPacket(packet);
      if (i % 50 == 0) other.Run(std::chrono::seconds(1));
    }
  }
}

}  // namespace
}  // namespace koeru::server
