// The server as a whole: several workers, two clients of one relay, floods, shutdown, ports in use.

#include <chrono>
#include <random>
#include <thread>

#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

TEST(RelayServer, DropsDataWithoutPermissionInBothDirections) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  client.SendIndication(peer.local(), MakePayload(10, 1));
  EXPECT_FALSE(peer.Receive(50));
  peer.Send(client.relayed(), MakePayload(10, 2));
  EXPECT_FALSE(client.ReceiveData(50));
  EXPECT_TRUE(Eventually([&] {
    return server.server().Sum().dropped[static_cast<size_t>(relay::Drop::kNoPermission)] == 2;
  }));
}

TEST(RelayServer, CountsPacketsAndPayloadBytes) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  client.SendChannelRun(0x4000, std::vector<Payload>(5, MakePayload(100, 1)));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(peer.Receive());
  peer.Send(client.relayed(), MakePayload(33, 1));
  ASSERT_TRUE(client.ReceiveData());
  EXPECT_TRUE(Eventually([&] {
    const Totals t = server.server().Sum();
    return t.allocations == 1 && t.allocations_total == 1 && t.client_to_peer_packets == 5 &&
           t.client_to_peer_bytes == 500 && t.peer_to_client_packets == 1 &&
           t.peer_to_client_bytes == 33 && t.allocate_requests == 1;
  }));
}

TEST(RelayServer, TwoClientsOfOneWorkerReachEachOtherWithoutTheKernel) {
  TestServer server;
  TestClient a = server.NewClient(), b = server.NewClient();
  ASSERT_EQ(a.Allocate(), 0);
  ASSERT_EQ(b.Allocate(), 0);
  ASSERT_EQ(a.ChannelBind(0x4000, b.relayed()), 0);
  ASSERT_EQ(b.ChannelBind(0x4FFF, a.relayed()), 0);
  const uint64_t received_before = server.server().Sum().recv_calls;
  std::vector<Payload> payloads;
  for (uint32_t i = 0; i < 20; ++i) payloads.push_back(MakePayload(i == 19 ? 11 : 700, i));
  a.SendChannelRun(0x4000, payloads);
  for (const Payload& payload : payloads) {
    const auto got = b.ReceiveData();
    ASSERT_TRUE(got);
    ASSERT_EQ(*got, (TestClient::Data{0x4FFF, {}, payload}));
  }
  // One run of datagrams was read from the client's socket, nothing from a relay socket.
  EXPECT_TRUE(Eventually([&] {
    return server.server().Sum().peer_to_client_packets == payloads.size();
  }));
  EXPECT_LE(server.server().Sum().recv_calls - received_before, payloads.size());
}

TEST(RelayServer, TwoClientsOfOneWorkerSeeTheRelayedAddressInIndications) {
  TestServer server;
  TestClient a = server.NewClient(), b = server.NewClient();
  ASSERT_EQ(a.Allocate(), 0);
  ASSERT_EQ(b.Allocate(), 0);
  ASSERT_EQ(a.CreatePermission(b.relayed()), 0);
  a.SendIndication(b.relayed(), MakePayload(9, 1));
  EXPECT_FALSE(b.ReceiveData(50)) << "b has no permission for a";
  ASSERT_EQ(b.CreatePermission(a.relayed()), 0);
  a.SendIndication(b.relayed(), MakePayload(9, 2));
  const auto got = b.ReceiveData();
  ASSERT_TRUE(got);
  EXPECT_EQ(*got, (TestClient::Data{0, a.relayed(), MakePayload(9, 2)}));
}

TEST(RelayServer, ClientsOfDifferentWorkersReachEachOther) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& o) { o.workers = 3; });
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 12; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.endpoint(), TestServer::V4()));
    ASSERT_EQ(clients.back()->Allocate(), 0);
  }
  for (size_t i = 0; i < clients.size(); ++i) {
    TestClient& a = *clients[i];
    TestClient& b = *clients[(i + 1) % clients.size()];
    ASSERT_EQ(a.ChannelBind(0x4000, b.relayed()), 0);
    ASSERT_EQ(b.ChannelBind(0x4001, a.relayed()), 0);
    a.SendChannelData(0x4000, MakePayload(300, static_cast<uint32_t>(i)));
    const auto got = b.ReceiveData();
    ASSERT_TRUE(got) << i;
    EXPECT_EQ(got->channel, 0x4001);
    EXPECT_EQ(got->payload, MakePayload(300, static_cast<uint32_t>(i)));
  }
  EXPECT_TRUE(Eventually([&] { return server.server().Sum().allocations == 12; }));
}

TEST(RelayServer, QuotaHoldsOverAllWorkers) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& o) {
    o.workers = 3;
    o.total_quota = 4;
  });
  std::vector<std::unique_ptr<TestClient>> clients;
  int allowed = 0;
  for (int i = 0; i < 9; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.endpoint(), TestServer::V4()));
    const int code = clients.back()->Allocate();
    EXPECT_TRUE(code == 0 || code == 486) << code;
    if (code == 0) ++allowed;
  }
  EXPECT_EQ(allowed, 4);
}

TEST(RelayServer, OnWildcardAddressesRepliesLeaveFromTheAddressThatWasAsked) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& o) {
    const uint16_t port = o.listen[0].port;
    o.listen = {{net::Address::Any(net::Family::kIpv4), port},
                {net::Address::Any(net::Family::kIpv6), port}};
  });
  // 127.0.0.2 is an address of this machine, too. The client checks where the answer comes from.
  TestClient client({net::Address::V4(127, 0, 0, 2), server.port()}, TestServer::V4());
  ASSERT_EQ(client.Binding(), 0);
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  peer.Send(client.relayed(), MakePayload(20, 1));
  const auto got = client.socket().Receive();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->from, client.server());
  TestClient v6 = server.NewClient(net::Family::kIpv6);
  EXPECT_EQ(v6.Binding(), 0);
}

TEST(RelayServer, DataSentBeforeTheEndOfAnAllocationStillArrives) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  client.SendChannelData(0x4000, MakePayload(50, 1));
  ASSERT_EQ(client.Refresh(0), 0);
  EXPECT_TRUE(peer.Receive());
  client.SendChannelData(0x4000, MakePayload(50, 2));
  EXPECT_FALSE(peer.Receive(50));
  EXPECT_TRUE(Eventually([&] { return server.server().Sum().allocations == 0; }));
}

TEST(RelayServer, SurvivesFloodOfRandomAndTruncatedPackets) {
  TestServer server;
  TestClient client = server.NewClient(), attacker = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(attacker.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (uint32_t i = 0; i < 20'000; ++i) {
    Payload garbage = MakePayload(random() % 80, static_cast<uint32_t>(random()));
    if (!garbage.empty() && i % 2 == 0) garbage[0] = static_cast<uint8_t>(random() % 0x80);
    attacker.socket().Send(attacker.server(), garbage);
    if (i % 1000 == 0) attacker.socket().Send(client.relayed(), garbage);
  }
  client.SendChannelData(0x4000, MakePayload(77, 5));
  const auto got = peer.Receive();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->bytes, MakePayload(77, 5));
  EXPECT_EQ(client.Binding(), 0);
}

TEST(RelayServer, StopsAtOnceWithLiveAllocationsAndTraffic) {
  auto server = std::make_unique<TestServer>(
      [](relay::RelayConfig&, RelayServerOptions& o) { o.workers = 2; });
  TestClient client = server->NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  std::atomic<bool> stop{false};
  std::thread traffic([&] {
    while (!stop) client.SendChannelData(0x4000, MakePayload(100, 1));
  });
  ASSERT_TRUE(peer.Receive());
  const auto begin = std::chrono::steady_clock::now();
  server->server().Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  stop = true;
  traffic.join();
  const net::Endpoint endpoint = server->endpoint();
  server.reset();
  // The port is free again.
  EXPECT_TRUE(CheckPortIsFree(endpoint).ok());
}

TEST(RelayServer, PortInUseIsAnErrorThatNamesIt) {
  TestServer first;
  relay::RelayConfig config;
  config.anonymous = true;
  config.nonce_key.assign(32, 1);
  config.relay_addresses.push_back({TestServer::V4(), TestServer::V4()});
  RelayServer second(config, {.workers = 1, .listen = {first.endpoint()}});
  const absl::Status status = second.Start();
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.message().find("cannot listen on UDP " + first.endpoint().ToString()),
            std::string::npos)
      << status;
  EXPECT_NE(status.message().find("in use"), std::string::npos) << status;
}

}  // namespace
}  // namespace koeru::server
