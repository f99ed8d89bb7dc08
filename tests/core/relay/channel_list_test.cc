#include "core/relay/channel_list.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(0);

net::PeerAddress Peer(size_t i) {
  return {{net::Address::V4(8, 8, 8, static_cast<uint8_t>(i % 5)), static_cast<uint16_t>(i)}};
}

TEST(ChannelList, EndsExactlyOnTimeInBothDirections) {
  ChannelList list;
  list.Bind({Peer(1), 0x4000, kStart + 600s});
  EXPECT_NE(list.FindByNumber(0x4000, kStart + 600s - 1ns), nullptr);
  EXPECT_NE(list.FindByPeer(Peer(1), kStart + 600s - 1ns), nullptr);
  EXPECT_EQ(list.FindByNumber(0x4000, kStart + 600s), nullptr);
  EXPECT_EQ(list.FindByPeer(Peer(1), kStart + 600s), nullptr);
}

TEST(ChannelList, BindsANumberToOnePeerAndAPeerToOneNumber) {
  ChannelList list;
  list.Bind({Peer(1), 0x4000, kStart + 600s});
  EXPECT_TRUE(list.MayBind(0x4000, Peer(1), kStart)) << "a refresh";
  EXPECT_FALSE(list.MayBind(0x4000, Peer(2), kStart));
  EXPECT_FALSE(list.MayBind(0x4001, Peer(1), kStart));
  EXPECT_TRUE(list.MayBind(0x4001, Peer(2), kStart));
  EXPECT_TRUE(list.MayBind(0x4000, Peer(2), kStart + 600s)) << "free again";
}

TEST(ChannelList, DiffersByPort) {
  ChannelList list;
  list.Bind({{{net::Address::V4(8, 8, 8, 8), 1}}, 0x4000, kStart + 600s});
  EXPECT_EQ(list.FindByPeer({{net::Address::V4(8, 8, 8, 8), 2}}, kStart), nullptr);
}

TEST(ChannelList, AgreesWithMapsOverRandomOperations) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    ChannelList list;
    std::map<uint16_t, Channel> model;
    net::Instant now = kStart;
    const auto by_peer = [&](const net::PeerAddress& peer) -> const Channel* {
      for (const auto& [number, channel] : model) {
        if (channel.peer == peer && now < channel.end) return &channel;
      }
      return nullptr;
    };
    for (int step = 0; step < 3000; ++step) {
      const auto number = static_cast<uint16_t>(0x4000 + random() % 40);
      const net::PeerAddress peer = Peer(random() % 40);
      now = now + std::chrono::milliseconds(random() % 30);
      const auto known = model.find(number);
      const bool number_live = known != model.end() && now < known->second.end;
      const Channel* peer_live = by_peer(peer);
      const bool may = (!number_live || known->second.peer == peer) &&
                       (peer_live == nullptr || peer_live->number == number);
      ASSERT_EQ(list.MayBind(number, peer, now), may);
      if (may && random() % 2 == 0) {
        ASSERT_TRUE(list.HasRoomFor(number, 40, now));
        model[number] = {peer, number, now + std::chrono::milliseconds(random() % 2000)};
        list.Bind(model[number]);
      }
      ASSERT_TRUE(list.IsConsistent());
      const Channel* found = list.FindByPeer(peer, now);
      const Channel* wanted = by_peer(peer);
      ASSERT_EQ(found != nullptr, wanted != nullptr);
      ASSERT_TRUE(found == nullptr || found->number == wanted->number);
    }
  }
}

}  // namespace
}  // namespace koeru::relay
