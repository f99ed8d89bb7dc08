// max-bps over real sockets.

#include <chrono>

#include "tests/native_server/door/door_test_server.h"
#include "tests/native_server/worker/dtls_test_server.h"

namespace koeru::server {
namespace {

constexpr uint64_t kLimit = 100'000;  // bytes per second

void Limit(relay::RelayConfig& config, RelayServerOptions&) {
  config.max_bytes_per_second = kLimit;
}

uint64_t Dropped(const Totals& totals) {
  return totals.dropped[static_cast<size_t>(relay::Drop::kOverBandwidth)];
}

size_t CountArriving(TestSocket& at) {
  size_t count = 0;
  while (at.Receive(300)) ++count;
  return count;
}

// The whole burst is there before a tenth of a second has passed, or as much more may pass as that
// time is worth: the numbers below bound both.
TEST(Bandwidth, OverUdpWhatIsBeyondTheLimitIsDroppedAndCounted) {
  TestServer server(Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t i = 0; i < 400; ++i) client.SendChannelData(0x4000, MakePayload(1000, i));
  const size_t arrived = CountArriving(peer);
  EXPECT_GE(arrived, 100u);
  EXPECT_TRUE(Eventually([&] { return arrived + Dropped(server.server().Sum()) == 400; }));
  EXPECT_EQ(server.server().Sum().client_to_peer_packets, arrived);
}

TEST(Bandwidth, TowardsTheClientRunsAreCutWhereTheLimitIs) {
  TestServer server(Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  uint32_t seed = 0;
  for (int run = 0; run < 10; ++run) {
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 40; ++i) {
      const Payload payload = MakePayload(1000, ++seed);
      bytes.insert(bytes.end(), payload.begin(), payload.end());
    }
    peer.SendRun(client.relayed(), bytes, 1000);
  }
  size_t arrived = 0;
  for (; const auto data = client.ReceiveData(300); ++arrived) {
    // In order and whole; those in front of the limit are the first ones.
    if (arrived < 100) {
      ASSERT_EQ(data->payload, MakePayload(1000, static_cast<uint32_t>(arrived + 1)));
    }
  }
  EXPECT_GE(arrived, 100u);
  EXPECT_LT(arrived, 400u);
  EXPECT_TRUE(Eventually([&] { return arrived + Dropped(server.server().Sum()) == 400; }));
}

TEST(Bandwidth, OneAllocationsFloodLeavesAnotherAlone) {
  TestServer server(Limit);
  TestClient flood = server.NewClient(), calm = server.NewClient();
  TestSocket peer({TestServer::V4(), 0}), other({TestServer::V4(), 0});
  ASSERT_EQ(flood.Allocate(), 0);
  ASSERT_EQ(calm.Allocate(), 0);
  ASSERT_EQ(flood.ChannelBind(0x4000, peer.local()), 0);
  ASSERT_EQ(calm.ChannelBind(0x4000, other.local()), 0);
  for (uint32_t i = 0; i < 400; ++i) {
    flood.SendChannelData(0x4000, MakePayload(1000, i));
    if (i % 10 == 0) calm.SendChannelData(0x4000, MakePayload(100, i));
  }
  EXPECT_EQ(CountArriving(other), 40u);
}

TEST(Bandwidth, OverTcpTheClientIsSlowedDownAndLosesNothing) {
  DoorTestServer server({}, Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const auto start = std::chrono::steady_clock::now();
  constexpr uint32_t kMessages = 250;
  for (uint32_t i = 0; i < kMessages; ++i) client.SendChannelData(0x4000, MakePayload(1000, i));
  for (uint32_t i = 0; i < kMessages; ++i) {
    const auto arrived = peer.Receive(10'000);
    ASSERT_TRUE(arrived) << i;
    ASSERT_EQ(arrived->bytes, MakePayload(1000, i)) << i;
  }
  // A second's worth at once, and what one read holds; the rest in its time.
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1000));
  EXPECT_EQ(Dropped(server.relay().Sum()), 0u);
  EXPECT_EQ(client.Refresh(600), 0);
}

TEST(Bandwidth, OverDtlsWhatIsBeyondTheLimitIsDropped) {
  DtlsTestServer server(Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t i = 0; i < 300; ++i) client.SendChannelData(0x4000, MakePayload(1000, i));
  const size_t arrived = CountArriving(peer);
  EXPECT_GE(arrived, 100u);
  EXPECT_TRUE(Eventually([&] { return arrived + Dropped(server.relay().Sum()) == 300; }));
}

TEST(Bandwidth, ANewLimitCountsForAllocationsThatLive) {
  relay::RelayConfig config;
  TestServer server([&config](relay::RelayConfig& c, RelayServerOptions&) { config = c; });
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t i = 0; i < 200; ++i) client.SendChannelData(0x4000, MakePayload(1000, i));
  EXPECT_EQ(CountArriving(peer), 200u);
  config.max_bytes_per_second = 10'000;
  server.server().Reload(config, 0, 0);
  EXPECT_TRUE(Eventually([&] {
    for (uint32_t i = 0; i < 50; ++i) client.SendChannelData(0x4000, MakePayload(1000, i));
    return Dropped(server.server().Sum()) > 0;
  }));
}

}  // namespace
}  // namespace koeru::server
