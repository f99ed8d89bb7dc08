// Watching and ending allocations over real sockets.

#include "native_server/worker/operator_orders.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

using std::chrono_literals::operator""s;

TEST(OperatorOrders, TheListHasEachAllocationOfAllWorkersWithItsTraffic) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& options) { options.workers = 2; });
  TestSocket peer({TestServer::V4(), 0});
  std::vector<TestClient> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(server.NewClient());
    ASSERT_EQ(clients.back().Allocate(), 0);
  }
  ASSERT_EQ(clients[7].ChannelBind(0x4000, peer.local()), 0);
  clients[7].SendChannelData(0x4000, AsBytes("twelve bytes"));
  ASSERT_TRUE(peer.Receive());
  const auto all = server.server().ListAllocations(30s);
  ASSERT_EQ(all.size(), clients.size());
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& a) { return a.worker == 0; }));
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& a) { return a.worker == 1; }));
  for (size_t i = 0; i < clients.size(); ++i) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const WatchedAllocation& one) {
      return one.relayed == clients[i].relayed();
    });
    ASSERT_NE(found, all.end());
    EXPECT_EQ(found->five_tuple.client.endpoint, clients[i].mapped());
    EXPECT_EQ(found->traffic.to_peer_bytes, i == 7 ? 12u : 0u);
    EXPECT_EQ(found->channels, i == 7 ? 1u : 0u);
    EXPECT_GT(found->left, 0s);
  }
}

TEST(OperatorOrders, AnAllocationThatIsEndedCarriesNothingMoreAndTheOthersGoOn) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& options) { options.workers = 2; });
  TestClient one = server.NewClient(), other = server.NewClient();
  ASSERT_EQ(one.Allocate(), 0);
  ASSERT_EQ(other.Allocate(), 0);
  const auto all = server.server().ListAllocations(30s);
  const auto found = std::find_if(all.begin(), all.end(), [&](const WatchedAllocation& a) {
    return a.relayed == one.relayed();
  });
  ASSERT_NE(found, all.end());
  EXPECT_TRUE(server.server().EndAllocation(found->worker, found->allocation, 30s));
  EXPECT_FALSE(server.server().EndAllocation(found->worker, found->allocation, 30s));
  EXPECT_FALSE(server.server().EndAllocation(99, found->allocation, 30s));
  EXPECT_EQ(one.Refresh(600), 437);
  EXPECT_EQ(other.Refresh(600), 0);
  EXPECT_EQ(server.server().ListAllocations(30s).size(), 1u);
}

}  // namespace
}  // namespace koeru::server
