#include "core/relay/permission_list.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(0);

net::Address Peer(size_t i) { return net::Address::V4(8, 8, static_cast<uint8_t>(i), 1); }

TEST(PermissionList, EndsExactlyOnTime) {
  PermissionList list;
  list.Install({Peer(1), false, kStart + 300s});
  EXPECT_NE(list.Find(Peer(1), kStart + 300s - 1ns), nullptr);
  EXPECT_EQ(list.Find(Peer(1), kStart + 300s), nullptr);
  EXPECT_EQ(list.Find(Peer(2), kStart), nullptr);
}

TEST(PermissionList, ForgetsWhatHasExpiredBeforeItCountsRoom) {
  PermissionList list;
  list.Install({Peer(1), false, kStart + 1s});
  list.Install({Peer(2), false, kStart + 2s});
  const Permission third{Peer(3), false, kStart + 9s};
  EXPECT_FALSE(list.HasRoomFor({&third, 1}, 2, kStart));
  EXPECT_TRUE(list.HasRoomFor({&third, 1}, 2, kStart + 1s));
  EXPECT_EQ(list.size(), 1u);
}

TEST(PermissionList, ARefreshNeedsNoRoom) {
  PermissionList list;
  const Permission permission{Peer(1), false, kStart + 1s};
  list.Install(permission);
  EXPECT_TRUE(list.HasRoomFor({&permission, 1}, 1, kStart));
}

TEST(PermissionList, AgreesWithAMapOverRandomOperations) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    PermissionList list;
    std::map<net::Address, net::Instant> model;
    net::Instant now = kStart;
    for (int step = 0; step < 2000; ++step) {
      const net::Address peer = Peer(random() % 40);
      now = now + std::chrono::milliseconds(random() % 100);
      if (random() % 3 == 0) {
        const Permission permission{peer, false, now + std::chrono::milliseconds(random() % 2000)};
        ASSERT_TRUE(list.HasRoomFor({&permission, 1}, 40, now));
        list.Install(permission);
        model[peer] = permission.end;
      }
      const bool expected = model.contains(peer) && now < model[peer];
      ASSERT_EQ(list.Find(peer, now) != nullptr, expected);
      ASSERT_TRUE(list.IsConsistent());
    }
  }
}

}  // namespace
}  // namespace koeru::relay
