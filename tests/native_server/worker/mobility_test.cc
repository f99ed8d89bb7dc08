// RFC 8016 over real sockets: a client that goes on from another address.

#include "tests/native_server/door/door_test_server.h"
#include "tests/native_server/worker/dtls_test_server.h"

namespace koeru::server {
namespace {

TEST(Mobility, AnAllocationFollowsItsClientToAnotherAddress) {
  TestServer server([](relay::RelayConfig& c, RelayServerOptions&) { c.mobility = true; });
  TestClient home = server.NewClient();
  TestClient away(server.endpoint(), net::Address::V4(127, 0, 0, 77));
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(home.AllocateMobile(), 0);
  ASSERT_EQ(home.ChannelBind(0x4000, peer.local()), 0);
  ASSERT_EQ(away.RefreshWith(home.ticket()), 0);
  EXPECT_NE(away.ticket(), home.ticket());

  // Both ways on the old 5-tuple.
  home.SendChannelData(0x4000, MakePayload(50, 1));
  ASSERT_TRUE(peer.Receive());
  peer.Send(home.relayed(), MakePayload(60, 1));
  ASSERT_TRUE(home.ReceiveData());

  // Until there is data on the new one.
  away.SendChannelData(0x4000, MakePayload(70, 1));
  const auto got = peer.Receive();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->from, home.relayed());
  peer.Send(home.relayed(), MakePayload(80, 1));
  const auto back = away.ReceiveData();
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, (TestClient::Data{0x4000, {}, MakePayload(80, 1)}));
  EXPECT_FALSE(home.ReceiveData(50));
  home.SendChannelData(0x4000, MakePayload(50, 2));
  EXPECT_FALSE(peer.Receive(50));
  EXPECT_EQ(away.Refresh(0), 0);
}

constexpr size_t kWorkers = 4;
// So many that the kernel brings some to each worker.
constexpr int kPlaces = 24;

TestServer::Change Several() {
  return [](relay::RelayConfig& c, RelayServerOptions& o) {
    c.mobility = true;
    o.workers = kWorkers;
  };
}

// Both ways, on channel 0x4000.
void ExpectData(TestClient& client, const net::Endpoint& relayed, TestSocket& peer, uint32_t seed) {
  client.SendChannelData(0x4000, MakePayload(70, seed));
  const auto got = peer.Receive();
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->from, relayed);
  EXPECT_EQ(got->bytes, MakePayload(70, seed));
  peer.Send(relayed, MakePayload(80, seed));
  const auto back = client.ReceiveData();
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, (TestClient::Data{0x4000, {}, MakePayload(80, seed)}));
}

TEST(MobilityBetweenWorkers, AnAllocationFollowsItsClientToEachOfThem) {
  TestServer server(Several());
  TestClient home = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(home.AllocateMobile(), 0);
  ASSERT_EQ(home.ChannelBind(0x4000, peer.local()), 0);
  Payload ticket = home.ticket();
  for (uint32_t place = 0; place < kPlaces; ++place) {
    TestClient away(server.endpoint(), net::Address::V4(127, 0, 0, 77));
    ASSERT_EQ(away.RefreshWith(ticket), 0) << place;
    ticket = away.ticket();
    for (uint32_t i = 0; i < 5; ++i) ExpectData(away, home.relayed(), peer, place * 10 + i);
    ASSERT_EQ(away.CreatePermission({net::Address::V4(127, 0, 0, 5), 9}), 0) << "requests, too";
    // A run in one piece (UDP_GRO), which is cut at the owner.
    std::vector<Payload> run;
    for (uint32_t i = 0; i < 10; ++i) run.push_back(MakePayload(100, i));
    away.SendChannelRun(0x4000, run);
    for (const Payload& payload : run) {
      const auto got = peer.Receive();
      ASSERT_TRUE(got.has_value());
      EXPECT_EQ(got->bytes, payload);
    }
  }
  EXPECT_TRUE(Eventually([&] { return server.server().Sum().steered > 0; }));
  EXPECT_EQ(server.server().Sum().steered_dropped, 0u);
  EXPECT_EQ(server.server().Sum().allocations, 1u);
}

// The 5-tuple is everybody's again once its allocation is gone.
TEST(MobilityBetweenWorkers, NothingIsSteeredToAnAllocationThatHasEnded) {
  TestServer server(Several());
  for (int place = 0; place < kPlaces; ++place) {
    TestClient home = server.NewClient();
    TestClient away(server.endpoint(), net::Address::V4(127, 0, 0, 77));
    TestSocket peer({TestServer::V4(), 0});
    ASSERT_EQ(home.AllocateMobile(), 0);
    ASSERT_EQ(away.RefreshWith(home.ticket()), 0);
    ASSERT_EQ(away.Refresh(0), 0);
    ASSERT_EQ(away.Allocate(), 0) << "at once, on the same 5-tuple";
    ASSERT_EQ(away.ChannelBind(0x4000, peer.local()), 0);
    ExpectData(away, away.relayed(), peer, 1);
    ASSERT_EQ(away.Refresh(0), 0);
  }
  EXPECT_TRUE(Eventually([&] { return server.server().Sum().allocations == 0; }));
}

// Allocations come and go on the same 5-tuple, across the moments in which the owner lets it go.
TEST(MobilityBetweenWorkers, A5TupleThatIsLetGoServesItsNextAllocation) {
  TestServer server(Several());
  std::vector<TestClient> clients;
  for (int place = 0; place < kPlaces; ++place) {
    TestClient home = server.NewClient();
    clients.emplace_back(server.endpoint(), net::Address::V4(127, 0, 0, 77));
    ASSERT_EQ(home.AllocateMobile(), 0);
    ASSERT_EQ(clients.back().RefreshWith(home.ticket()), 0);
    ASSERT_EQ(clients.back().Refresh(0), 0);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2500);
  while (std::chrono::steady_clock::now() < end) {
    for (TestClient& client : clients) {
      ASSERT_EQ(client.Allocate(), 0);
      ASSERT_EQ(client.CreatePermission({net::Address::V4(127, 0, 0, 5), 9}), 0);
      ASSERT_EQ(client.Refresh(0), 0);
    }
  }
}

TEST(MobilityBetweenWorkers, ATicketThatIsNoneIsRefusedEverywhere) {
  TestServer server(Several());
  TestClient home = server.NewClient();
  ASSERT_EQ(home.AllocateMobile(), 0);
  Payload forged = home.ticket();
  forged.back() ^= 1;
  for (int place = 0; place < kPlaces; ++place) {
    TestClient away(server.endpoint(), net::Address::V4(127, 0, 0, 77));
    EXPECT_EQ(away.RefreshWith(forged), 400);
    EXPECT_EQ(away.Refresh(600), 437);
  }
  EXPECT_EQ(server.server().Sum().steered, 0u);
}

TEST(MobilityBetweenWorkers, MovesFromUdpToDtlsAndBack) {
  DtlsTestServer server(Several());
  for (uint32_t place = 0; place < 8; ++place) {
    TestClient home = server.NewUdpClient(), away = server.NewClient();
    TestClient back = server.NewUdpClient();
    TestSocket peer({TestServer::V4(), 0});
    ASSERT_EQ(home.AllocateMobile(), 0);
    ASSERT_EQ(home.ChannelBind(0x4000, peer.local()), 0);
    ASSERT_EQ(away.RefreshWith(home.ticket()), 0) << place;
    for (uint32_t i = 0; i < 3; ++i) ExpectData(away, home.relayed(), peer, i);
    ASSERT_EQ(back.RefreshWith(away.ticket()), 0) << place;
    for (uint32_t i = 0; i < 3; ++i) ExpectData(back, home.relayed(), peer, i);
    EXPECT_EQ(away.Binding(), 0) << "the association is still there";
  }
}

TEST(MobilityBetweenWorkers, MovesToTcpAndTlsAndBack) {
  DoorTestServer server({}, Several());
  for (uint32_t place = 0; place < 8; ++place) {
    TestClient home = server.NewClient(nullptr), back = server.NewUdpClient();
    TestClient away = server.NewClient(
        place % 2 == 0 ? nullptr : DoorTestServer::ClientTls({"stun.turn"}, TlsVersion::k1_3));
    TestSocket peer({TestServer::V4(), 0});
    ASSERT_EQ(home.AllocateMobile(), 0);
    ASSERT_EQ(home.ChannelBind(0x4000, peer.local()), 0);
    ASSERT_EQ(away.RefreshWith(home.ticket()), 0) << place;
    for (uint32_t i = 0; i < 3; ++i) ExpectData(away, home.relayed(), peer, i);
    ASSERT_EQ(back.RefreshWith(away.ticket()), 0) << place;
    for (uint32_t i = 0; i < 3; ++i) ExpectData(back, home.relayed(), peer, i);
    EXPECT_EQ(away.Binding(), 0);
  }
}

}  // namespace
}  // namespace koeru::server
