// Traffic by listener and protocol, allocations used and unused, and how long packets stay: over
// real sockets.

#include "native_server/worker/listener_traffic.h"

#include "tests/native_server/door/door_test_server.h"
#include "tests/native_server/worker/dtls_test_server.h"

namespace koeru::server {
namespace {

uint64_t PacketsOf(const Totals& totals, net::Transport transport, const net::Endpoint& listener) {
  for (const ListenerTotals& each : totals.listeners) {
    if (each.listener == listener && each.transport == transport) {
      return each.to_peer_packets * 1000 + each.to_client_packets;
    }
  }
  return UINT64_MAX;
}

// Two packets to the peer, one back.
void Exchange(TestClient& client) {
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t i = 0; i < 2; ++i) {
    client.SendChannelData(0x4000, MakePayload(50, i));
    ASSERT_TRUE(peer.Receive());
  }
  peer.Send(client.relayed(), MakePayload(7, 9));
  ASSERT_TRUE(client.ReceiveData());
}

TEST(ListenerTraffic, CountsEachListenerAndProtocolApart) {
  DoorTestServer server;
  TestClient udp = server.NewUdpClient(), tcp = server.NewClient(),
             tls = server.NewClient(DoorTestServer::ClientTls({"stun.turn"})),
             tcp6 = server.NewClient(nullptr, net::Family::kIpv6);
  for (TestClient* client : {&udp, &tcp, &tls, &tcp6}) Exchange(*client);
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.relay().Sum();
    return PacketsOf(totals, net::Transport::kTcp, server.endpoint()) == 2001 &&
           PacketsOf(totals, net::Transport::kTls, server.endpoint()) == 2001 &&
           PacketsOf(totals, net::Transport::kTcp, server.endpoint(net::Family::kIpv6)) == 2001 &&
           totals.client_to_peer_packets == 8 && totals.peer_to_client_bytes == 28;
  }));
}

TEST(ListenerTraffic, CountsDtlsApartFromUdpOnItsPort) {
  DtlsTestServer server;
  TestClient client = server.NewClient();
  Exchange(client);
  const net::Endpoint listener{TestServer::V4(), server.port()};
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.relay().Sum();
    return PacketsOf(totals, net::Transport::kDtls, listener) == 2001 &&
           PacketsOf(totals, net::Transport::kUdp, listener) == 0;
  }));
}

TEST(ListenerTraffic, ListenersBeyondTheLastCountTogether) {
  ListenerTraffics traffics;
  for (uint16_t port = 1; port <= 200; ++port) {
    traffics.Of({TestServer::V4(), port}, net::Transport::kTcp).to_peer.Count(1);
  }
  EXPECT_EQ(traffics.all().size(), ListenerTraffics::kMost);
  EXPECT_EQ(traffics.all().back().listener.port, 0);
  EXPECT_EQ(traffics.all().back().to_peer.packets.Get(), 200 - (ListenerTraffics::kMost - 1));
  EXPECT_EQ(traffics.all().front().to_peer.packets.Get(), 1u);
}

TEST(ListenerTraffic, TellsUsedAllocationsFromUnusedOnes) {
  TestServer server;
  TestClient used = server.NewClient(), unused = server.NewClient();
  Exchange(used);
  ASSERT_EQ(unused.Allocate(), 0);
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.server().Sum();
    return totals.allocations == 2 && totals.used_allocations == 1 && totals.never_used == 0;
  }));
  ASSERT_EQ(used.Refresh(0), 0);
  ASSERT_EQ(unused.Refresh(0), 0);
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.server().Sum();
    return totals.allocations == 0 && totals.used_allocations == 0 && totals.never_used == 1;
  }));
}

TEST(ForwardingLatency, IsSampledInBothDirections) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const auto seen = [&] { return server.server().Sum().latency.total(); };
  // The first sample of a socket only switches its stamps on.
  constexpr int kMost = 20 * ForwardingLatency::kEach;
  for (int i = 0; i < kMost && seen() < 2; ++i) {
    client.SendChannelData(0x4000, MakePayload(20, 1));
    ASSERT_TRUE(peer.Receive());
  }
  const uint64_t to_peers = seen();
  EXPECT_GE(to_peers, 2u);
  for (int i = 0; i < kMost && seen() < to_peers + 2; ++i) {
    peer.Send(client.relayed(), MakePayload(20, 1));
    ASSERT_TRUE(client.ReceiveData());
  }
  const HistogramCounts latency = server.server().Sum().latency;
  EXPECT_GE(latency.total(), to_peers + 2);
  EXPECT_GT(latency.sum, net::Duration(0));
}

}  // namespace
}  // namespace koeru::server
