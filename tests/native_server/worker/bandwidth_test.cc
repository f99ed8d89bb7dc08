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

constexpr uint32_t kRun = 40;

// Runs until something is dropped. Each is waited for: what the kernel drops where a socket's
// buffer is full counts nowhere. `send(first)` sends the payloads `first` to `first` + kRun - 1 of
// 1000 bytes; `passed` counts what went through. How many were sent.
template <typename SumOf, typename Send>
uint32_t SendUntilDropped(SumOf sum, uint64_t Totals::*passed, Send send) {
  constexpr uint32_t kMostRuns = 100;  // the limit's worth of forty seconds
  uint32_t sent = 0;
  for (uint32_t run = 0; run < kMostRuns && Dropped(sum()) == 0; ++run) {
    send(sent);
    sent += kRun;
    EXPECT_TRUE(Eventually([&] {
      const Totals totals = sum();
      return totals.*passed + Dropped(totals) == sent;
    }));
  }
  EXPECT_GT(Dropped(sum()), 0u);
  EXPECT_GE(sum().*passed, 100u);  // a second's worth at once
  return sent;
}

TEST(Bandwidth, OverUdpWhatIsBeyondTheLimitIsDroppedAndCounted) {
  TestServer server(Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const auto sum = [&] { return server.server().Sum(); };
  const uint32_t sent = SendUntilDropped(sum, &Totals::client_to_peer_packets, [&](uint32_t first) {
    for (uint32_t i = first; i < first + kRun; ++i) {
      client.SendChannelData(0x4000, MakePayload(1000, i));
    }
  });
  EXPECT_EQ(CountArriving(peer), sent - Dropped(sum()));
}

TEST(Bandwidth, TowardsTheClientRunsAreCutWhereTheLimitIs) {
  TestServer server(Limit);
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const auto sum = [&] { return server.server().Sum(); };
  const uint32_t sent = SendUntilDropped(sum, &Totals::peer_to_client_packets, [&](uint32_t first) {
    std::vector<uint8_t> bytes;
    for (uint32_t i = first; i < first + kRun; ++i) {
      const Payload payload = MakePayload(1000, i);
      bytes.insert(bytes.end(), payload.begin(), payload.end());
    }
    peer.SendRun(client.relayed(), bytes, 1000);
  });
  // In order and whole: those in front of the limit.
  for (uint32_t i = 0; i < sent - Dropped(sum()); ++i) {
    const auto data = client.ReceiveData();
    ASSERT_TRUE(data) << i;
    ASSERT_EQ(data->payload, MakePayload(1000, i));
  }
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
  const auto sum = [&] { return server.relay().Sum(); };
  const uint32_t sent = SendUntilDropped(sum, &Totals::client_to_peer_packets, [&](uint32_t first) {
    for (uint32_t i = first; i < first + kRun; ++i) {
      client.SendChannelData(0x4000, MakePayload(1000, i));
    }
  });
  EXPECT_EQ(CountArriving(peer), sent - Dropped(sum()));
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
