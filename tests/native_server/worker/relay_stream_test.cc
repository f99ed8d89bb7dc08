// Clients over TCP and TLS: RFC 8656 section 3.1, over real sockets.

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "core/turn/channel_data.h"
#include "tests/native_server/door/door_test_server.h"
#include "tests/native_server/worker/reload_call.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

struct Way {
  const char* name;
  bool tls;
  TlsVersion version;
  net::Family family;

  TestClient Connect(const DoorTestServer& server) const {
    return server.NewClient(tls ? DoorTestServer::ClientTls({"stun.turn"}, version) : nullptr,
                            family);
  }
};

class Streams : public testing::TestWithParam<Way> {
 protected:
  TestClient Connect() const { return GetParam().Connect(server_); }
  TestSocket NewPeer() const { return TestSocket({TestServer::V4(), 0}); }

  DoorTestServer server_;
};

INSTANTIATE_TEST_SUITE_P(Over, Streams,
                         testing::Values(Way{"Tcp", false, TlsVersion::k1_3, net::Family::kIpv4},
                                         Way{"TcpV6", false, TlsVersion::k1_3, net::Family::kIpv6},
                                         Way{"Tls12", true, TlsVersion::k1_2, net::Family::kIpv4},
                                         Way{"Tls13", true, TlsVersion::k1_3, net::Family::kIpv4},
                                         Way{"Tls13V6", true, TlsVersion::k1_3,
                                             net::Family::kIpv6}),
                         [](const auto& info) { return info.param.name; });

TEST_P(Streams, BindingTellsTheClientItsAddress) {
  TestClient client = Connect();
  ASSERT_EQ(client.Binding(), 0);
  EXPECT_EQ(client.mapped(), client.stream().local());
}

TEST_P(Streams, ChannelDataOfEverySizeArrivesInBothDirections) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  uint32_t seed = 0;
  for (const size_t size : {1u, 2u, 3u, 4u, 5u, 1199u, 1200u, 1472u, 9000u, 40'000u, 65'000u}) {
    const Payload there = MakePayload(size, ++seed), back = MakePayload(size, ++seed);
    client.SendChannelData(0x4000, there);
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived) << size;
    EXPECT_EQ(arrived->bytes, there) << size;
    EXPECT_EQ(arrived->from, client.relayed());
    peer.Send(client.relayed(), back);
    const auto data = client.ReceiveData();
    ASSERT_TRUE(data) << size;
    EXPECT_EQ(data->channel, 0x4000);
    EXPECT_EQ(data->payload, back) << size;
  }
}

TEST_P(Streams, IndicationsArriveInBothDirections) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.CreatePermission(peer.local()), 0);
  for (const size_t size : {1u, 171u, 1200u}) {
    client.SendIndication(peer.local(), MakePayload(size, 1));
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived);
    EXPECT_EQ(arrived->bytes, MakePayload(size, 1));
    peer.Send(client.relayed(), MakePayload(size, 2));
    const auto data = client.ReceiveData();
    ASSERT_TRUE(data);
    EXPECT_EQ(data->peer, peer.local());
    EXPECT_EQ(data->payload, MakePayload(size, 2));
  }
}

// RFC 8656 section 12.5: messages follow each other without a gap, cut anywhere.
TEST_P(Streams, ManyMessagesInOneSegmentAndOneMessageInManyArriveInOrder) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  std::vector<uint8_t> buffer(64 * 1024);
  Writer w(buffer);
  for (uint32_t i = 0; i < 200; ++i) {
    turn::WriteChannelData(w, 0x4000, MakePayload(100 + i, i), turn::Padding::kToFourBytes);
  }
  ASSERT_TRUE(client.stream().Send(w.written()));
  for (uint32_t i = 0; i < 200; ++i) {
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived) << i;
    ASSERT_EQ(arrived->bytes, MakePayload(100 + i, i)) << i;
  }
  Writer one(buffer);
  turn::WriteChannelData(one, 0x4000, MakePayload(61, 7), turn::Padding::kToFourBytes);
  for (const uint8_t byte : one.written()) ASSERT_TRUE(client.stream().Send({&byte, 1}));
  const auto arrived = peer.Receive();
  ASSERT_TRUE(arrived);
  EXPECT_EQ(arrived->bytes, MakePayload(61, 7));
}

TEST_P(Streams, BurstsFromThePeerArriveInOrder) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t burst = 0; burst < 20; ++burst) {
    std::vector<uint8_t> run;
    for (uint32_t i = 0; i < 20; ++i) {
      const Payload payload = MakePayload(1001, burst * 20 + i);
      run.insert(run.end(), payload.begin(), payload.end());
    }
    peer.SendRun(client.relayed(), run, 1001);
    for (uint32_t i = 0; i < 20; ++i) {
      const auto data = client.ReceiveData();
      ASSERT_TRUE(data) << burst << " " << i;
      ASSERT_EQ(data->payload, MakePayload(1001, burst * 20 + i));
    }
  }
}

TEST_P(Streams, ReloadsAndADrainLoseNothingOfACall) {
  relay::RelayConfig config;
  DoorTestServer server({}, [&config](relay::RelayConfig& c, RelayServerOptions&) { config = c; });
  TestClient client = GetParam().Connect(server), late = GetParam().Connect(server);
  ExpectCallToSurviveReloadsAndDrain(server.relay(), config, client, late);
}

// RFC 8656 section 5: the allocation is bound to its 5-tuple.
TEST_P(Streams, AnAllocationEndsWithItsConnection) {
  {
    TestClient client = Connect();
    ASSERT_EQ(client.Allocate(), 0);
    ASSERT_TRUE(Eventually([&] { return server_.relay().Sum().allocations == 1; }));
  }
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server_.relay().Sum();
    return totals.allocations == 0 && totals.stream_clients == 0;
  }));
}

TEST_P(Streams, ClientsOverUdpAndOverStreamsReachEachOther) {
  TestClient a = Connect();
  TestClient b = server_.NewUdpClient();
  ASSERT_EQ(a.Allocate(), 0);
  ASSERT_EQ(b.Allocate(), 0);
  ASSERT_EQ(a.ChannelBind(0x4001, b.relayed()), 0);
  ASSERT_EQ(b.ChannelBind(0x4002, a.relayed()), 0);
  a.SendChannelData(0x4001, MakePayload(1203, 1));
  const auto at_b = b.ReceiveData();
  ASSERT_TRUE(at_b);
  EXPECT_EQ(at_b->channel, 0x4002);
  EXPECT_EQ(at_b->payload, MakePayload(1203, 1));
  b.SendChannelData(0x4002, MakePayload(1203, 2));
  const auto at_a = a.ReceiveData();
  ASSERT_TRUE(at_a);
  EXPECT_EQ(at_a->channel, 0x4001);
  EXPECT_EQ(at_a->payload, MakePayload(1203, 2));
}

TEST_P(Streams, AStreamThatMakesNoSenseIsClosedWithItsAllocation) {
  for (const std::vector<uint8_t>& nonsense :
       {std::vector<uint8_t>(100, 0xC0), std::vector<uint8_t>{0, 1, 0, 3, 0, 0, 0, 0},
        std::vector<uint8_t>{0, 1, 0, 8, 1, 2, 3, 4}}) {
    TestClient client = Connect();
    ASSERT_EQ(client.Allocate(), 0);
    client.stream().Send(nonsense);
    EXPECT_TRUE(client.stream().IsClosedWithin(5000));
  }
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().allocations == 0; }));
}

// A reader that stops costs bounded memory and delays nobody; what it gets later is well-formed,
// and its control messages are all there.
TEST_P(Streams, ASlowReaderLosesOldMediaOnlyAndDelaysNobodyElse) {
  TestClient slow = Connect();
  TestClient other = Connect();
  TestSocket peer = NewPeer();
  for (TestClient* client : {&slow, &other}) {
    ASSERT_EQ(client->Allocate(), 0);
    ASSERT_EQ(client->ChannelBind(0x4000, peer.local()), 0);
  }
  // 12 MB: more than what the kernel takes on both sides.
  for (uint32_t i = 0; i < 10'000; ++i) {
    peer.Send(slow.relayed(), MakePayload(1200, 1));
    if (i % 500 != 0) continue;
    peer.Send(other.relayed(), MakePayload(100, i));
    const auto data = other.ReceiveData();
    ASSERT_TRUE(data) << i;
    ASSERT_EQ(data->payload, MakePayload(100, i));
  }
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().slow_reader > 0; }));
  int received = 0;
  while (const auto data = slow.ReceiveData(300)) {
    ASSERT_EQ(data->payload.size(), 1200u);
    ASSERT_EQ(data->payload, MakePayload(1200, 1));
    ++received;
  }
  EXPECT_GT(received, 100);
  EXPECT_LT(received, 10'000);
  EXPECT_EQ(slow.CreatePermission(peer.local()), 0);
}

TEST(RelayStreams, ResponsesAreNotLostAmongMediaThatIsNotRead) {
  DoorTestServer server;
  TestClient slow = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(slow.Allocate(), 0);
  ASSERT_EQ(slow.ChannelBind(0x4000, peer.local()), 0);
  for (int i = 0; i < 6'000; ++i) peer.Send(slow.relayed(), MakePayload(1200, 1));
  ASSERT_TRUE(Eventually([&] { return server.relay().Sum().slow_reader > 0; }));
  std::thread flood([&] {
    for (int i = 0; i < 3'000; ++i) peer.Send(slow.relayed(), MakePayload(1200, 1));
  });
  EXPECT_EQ(slow.CreatePermission(peer.local()), 0);  // reads on until the response comes
  flood.join();
}

TEST(RelayStreams, WhoHasNoAllocationAndSaysNothingIsDisconnected) {
  DoorTestServer server(
      {}, [](relay::RelayConfig&, RelayServerOptions& options) { options.stream_idle_time = 1s; });
  TestClient idle = server.NewClient();
  TestClient dribbling = server.NewClient();
  TestClient busy = server.NewClient();
  ASSERT_EQ(busy.Allocate(), 0);
  ASSERT_EQ(idle.Binding(), 0);
  ASSERT_EQ(dribbling.Binding(), 0);
  const std::vector<uint8_t> start = {0, 1, 0, 0};
  for (int i = 0; i < 4; ++i) {
    dribbling.stream().Send(Bytes(start).subspan(static_cast<size_t>(i), 1));
    std::this_thread::sleep_for(300ms);
  }
  EXPECT_TRUE(idle.stream().IsClosedWithin(10'000));
  EXPECT_TRUE(dribbling.stream().IsClosedWithin(10'000));
  EXPECT_EQ(busy.Refresh(600), 0) << "an allocation keeps its connection";
  ASSERT_EQ(busy.Refresh(0), 0);
  EXPECT_TRUE(busy.stream().IsClosedWithin(10'000));
}

TEST(RelayStreams, ConnectionsSpreadOverTheWorkers) {
  DoorTestServer server(
      {}, [](relay::RelayConfig&, RelayServerOptions& options) { options.workers = 3; });
  std::vector<TestClient> clients;
  for (int i = 0; i < 9; ++i) {
    clients.push_back(server.NewClient(i % 2 == 0 ? nullptr : DoorTestServer::ClientTls()));
    ASSERT_EQ(clients.back().Allocate(), 0);
  }
  for (TestClient& client : clients) {
    TestSocket peer({TestServer::V4(), 0});
    ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
    client.SendChannelData(0x4000, MakePayload(99, 1));
    EXPECT_TRUE(peer.Receive());
  }
  EXPECT_EQ(server.relay().Sum().stream_clients, 9u);
}

TEST(RelayStreams, ManyConnectionsComeAndGo) {
  DoorTestServer server(
      [](DoorOptions& options) { options.limits.connects_per_source_burst = 1e6; });
  for (int i = 0; i < 300; ++i) {
    TestClient client = server.NewClient();
    if (i % 3 == 0) {
      ASSERT_EQ(client.Allocate(), 0) << i;
    } else if (i % 3 == 1) {
      ASSERT_EQ(client.Binding(), 0) << i;
    }
  }
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.relay().Sum();
    return totals.allocations == 0 && totals.stream_clients == 0 && totals.allocations_total == 100;
  }));
}

}  // namespace
}  // namespace koeru::server
