#include "native_server/worker/steered_clients.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

net::FiveTuple Client(size_t number, net::Transport transport = net::Transport::kUdp) {
  const auto high = static_cast<uint8_t>(number >> 16);
  return {.client = {{net::Address::V4(192, 0, 2, high), static_cast<uint16_t>(number)}},
          .transport = transport};
}

TEST(SteeredClients, KnowWhoseAClientIsOverUdpAndDtlsAlike) {
  SteeredClients clients;
  EXPECT_EQ(clients.Find(Client(1)), nullptr);
  ASSERT_TRUE(clients.Set(Client(1, net::Transport::kDtls), 3));
  EXPECT_EQ(clients.Find(Client(1))->worker, 3u);
  clients.Find(Client(1))->count = 7;
  ASSERT_TRUE(clients.Set(Client(1), 3));
  EXPECT_EQ(clients.Find(Client(1))->count, 7u) << "what was counted stays";
  ASSERT_TRUE(clients.Set(Client(1), 4));
  EXPECT_EQ(clients.Find(Client(1))->count, 0u) << "for that worker";
  EXPECT_EQ(clients.size(), 1u);
  clients.Erase(Client(1, net::Transport::kDtls));
  EXPECT_TRUE(clients.empty());
}

TEST(SteeredClients, AreBounded) {
  SteeredClients clients;
  for (size_t i = 0; i < SteeredClients::kMax; ++i) ASSERT_TRUE(clients.Set(Client(i), 0));
  EXPECT_FALSE(clients.Set(Client(SteeredClients::kMax), 0));
  EXPECT_FALSE(clients.HasRoomFor(Client(SteeredClients::kMax)));
  EXPECT_TRUE(clients.Set(Client(5), 1)) << "who is known already";
  clients.Erase(Client(7));
  EXPECT_TRUE(clients.HasRoomFor(Client(SteeredClients::kMax)));
}

}  // namespace
}  // namespace koeru::server
