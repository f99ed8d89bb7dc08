// Data through a running server: both ways, both forms, both families; runs of datagrams keep
// content, order and boundaries.

#include <algorithm>

#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

class RelayData : public ::testing::TestWithParam<net::Family> {
 protected:
  net::Address Loopback() const {
    return GetParam() == net::Family::kIpv6 ? TestServer::V6() : TestServer::V4();
  }
};

INSTANTIATE_TEST_SUITE_P(Families, RelayData,
                         ::testing::Values(net::Family::kIpv4, net::Family::kIpv6),
                         [](const auto& param) {
                           return param.param == net::Family::kIpv6 ? "Ipv6" : "Ipv4";
                         });

TEST_P(RelayData, AnswersBindingWithTheClientsAddress) {
  TestServer server;
  TestClient client = server.NewClient(GetParam());
  ASSERT_EQ(client.Binding(), 0);
  EXPECT_EQ(client.mapped(), client.socket().local());
}

TEST_P(RelayData, ChannelDataGoesBothWays) {
  TestServer server;
  TestClient client = server.NewClient(GetParam());
  TestSocket peer({Loopback(), 0});
  ASSERT_EQ(client.Allocate(GetParam()), 0);
  ASSERT_EQ(client.ChannelBind(0x4001, peer.local()), 0);
  for (const size_t size : {0u, 1u, 2u, 3u, 4u, 160u, 1199u, 1200u, 1472u, 4000u}) {
    const Payload there = MakePayload(size, 1);
    client.SendChannelData(0x4001, there);
    const auto at_peer = peer.Receive();
    ASSERT_TRUE(at_peer) << size;
    EXPECT_EQ(at_peer->bytes, there);
    EXPECT_EQ(at_peer->from, client.relayed());

    const Payload back = MakePayload(size, 2);
    peer.Send(client.relayed(), back);
    const auto at_client = client.ReceiveData();
    ASSERT_TRUE(at_client) << size;
    EXPECT_EQ(*at_client, (TestClient::Data{0x4001, {}, back}));
  }
}

TEST_P(RelayData, IndicationsGoBothWays) {
  TestServer server;
  TestClient client = server.NewClient(GetParam());
  TestSocket peer({Loopback(), 0});
  ASSERT_EQ(client.Allocate(GetParam()), 0);
  ASSERT_EQ(client.CreatePermission(peer.local()), 0);
  for (const size_t size : {0u, 1u, 2u, 3u, 4u, 1200u}) {
    const Payload there = MakePayload(size, 3);
    client.SendIndication(peer.local(), there);
    const auto at_peer = peer.Receive();
    ASSERT_TRUE(at_peer) << size;
    EXPECT_EQ(at_peer->bytes, there);

    const Payload back = MakePayload(size, 4);
    peer.Send(client.relayed(), back);
    const auto at_client = client.ReceiveData();
    ASSERT_TRUE(at_client) << size;
    EXPECT_EQ(*at_client, (TestClient::Data{0, peer.local(), back}));
  }
}

struct Run {
  size_t size;   // of all but the last
  size_t last;
  size_t count;
};

class RelayRuns : public ::testing::TestWithParam<Run> {
 protected:
  std::vector<Payload> Payloads(uint32_t seed) const {
    std::vector<Payload> payloads;
    for (size_t i = 0; i < GetParam().count; ++i) {
      const size_t size = i + 1 == GetParam().count ? GetParam().last : GetParam().size;
      payloads.push_back(MakePayload(size, seed + static_cast<uint32_t>(i)));
    }
    return payloads;
  }
};

INSTANTIATE_TEST_SUITE_P(Sizes, RelayRuns,
                         ::testing::Values(Run{1, 1, 2}, Run{160, 160, 10}, Run{160, 7, 64},
                                           Run{1, 1, 64}, Run{100, 1, 33}, Run{1000, 1000, 64},
                                           Run{1200, 1200, 40}, Run{1200, 3, 54},
                                           Run{1468, 1467, 44}),
                         [](const auto& param) {
                           return std::to_string(param.param.count) + "x" +
                                  std::to_string(param.param.size) + "Last" +
                                  std::to_string(param.param.last);
                         });

TEST_P(RelayRuns, FromClientKeepContentOrderAndBoundaries) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const std::vector<Payload> payloads = Payloads(10);
  client.SendChannelRun(0x4000, payloads);
  for (size_t i = 0; i < payloads.size(); ++i) {
    const auto got = peer.Receive();
    ASSERT_TRUE(got) << i;
    ASSERT_EQ(got->bytes, payloads[i]) << i;
  }
  EXPECT_FALSE(peer.Receive(20));
}

TEST_P(RelayRuns, FromPeerKeepContentOrderAndBoundariesAsChannelData) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const std::vector<Payload> payloads = Payloads(20);
  std::vector<uint8_t> joined;
  for (const Payload& payload : payloads) {
    joined.insert(joined.end(), payload.begin(), payload.end());
  }
  peer.SendRun(client.relayed(), joined, GetParam().size);
  for (size_t i = 0; i < payloads.size(); ++i) {
    const auto got = client.ReceiveData();
    ASSERT_TRUE(got) << i;
    ASSERT_EQ(*got, (TestClient::Data{0x4000, {}, payloads[i]})) << i;
  }
}

TEST_P(RelayRuns, FromPeerKeepContentOrderAndBoundariesAsIndications) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.CreatePermission(peer.local()), 0);
  const std::vector<Payload> payloads = Payloads(30);
  std::vector<uint8_t> joined;
  for (const Payload& payload : payloads) {
    joined.insert(joined.end(), payload.begin(), payload.end());
  }
  peer.SendRun(client.relayed(), joined, GetParam().size);
  for (size_t i = 0; i < payloads.size(); ++i) {
    const auto got = client.ReceiveData();
    ASSERT_TRUE(got) << i;
    ASSERT_EQ(*got, (TestClient::Data{0, peer.local(), payloads[i]})) << i;
  }
}

TEST(RelayMixture, SizesAndChannelsInterleavedStayInOrderForEachPeer) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket first({TestServer::V4(), 0}), second({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, first.local()), 0);
  ASSERT_EQ(client.ChannelBind(0x4001, second.local()), 0);
  std::vector<Payload> to_first, to_second;
  for (uint32_t i = 0; i < 300; ++i) {
    const Payload payload = MakePayload((i * 37) % 1400, i);
    const bool is_first = i % 3 != 0;
    client.SendChannelData(is_first ? 0x4000 : 0x4001, payload);
    (is_first ? to_first : to_second).push_back(payload);
  }
  for (const Payload& payload : to_first) {
    const auto got = first.Receive();
    ASSERT_TRUE(got);
    ASSERT_EQ(got->bytes, payload);
  }
  for (const Payload& payload : to_second) {
    const auto got = second.Receive();
    ASSERT_TRUE(got);
    ASSERT_EQ(got->bytes, payload);
  }
}

TEST(RelayMixture, PaddedChannelDataLosesItsPadding) {
  TestServer server;
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  const Payload padded = {0x40, 0x00, 0x00, 0x05, 1, 2, 3, 4, 5, 0, 0, 0};
  for (int i = 0; i < 3; ++i) client.socket().Send(client.server(), padded);
  for (int i = 0; i < 3; ++i) {
    const auto got = peer.Receive();
    ASSERT_TRUE(got);
    EXPECT_EQ(got->bytes, (Payload{1, 2, 3, 4, 5}));
  }
}

TEST(RelayMixture, WorksWithoutGroAndGso) {
  TestServer server([](relay::RelayConfig&, RelayServerOptions& options) { options.offload = {}; });
  TestClient client = server.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  std::vector<Payload> payloads(40, MakePayload(500, 1));
  client.SendChannelRun(0x4000, payloads);
  for (const Payload& payload : payloads) {
    const auto got = peer.Receive();
    ASSERT_TRUE(got);
    ASSERT_EQ(got->bytes, payload);
    peer.Send(client.relayed(), payload);
  }
  for (const Payload& payload : payloads) {
    const auto got = client.ReceiveData();
    ASSERT_TRUE(got);
    ASSERT_EQ(got->payload, payload);
  }
}

// RFC 8656 section 7.2 step 9.
TEST(DualAllocation, ReachesPeersOfBothFamilies) {
  TestServer server;
  TestClient client = server.NewClient();
  ASSERT_EQ(client.AllocateBoth(), 0);
  ASSERT_TRUE(client.relayed().address.is_v4());
  ASSERT_TRUE(client.also_relayed().address.is_v6());
  TestSocket v4({TestServer::V4(), 0}), v6({TestServer::V6(), 0});
  ASSERT_EQ(client.ChannelBind(0x4000, v4.local()), 0);
  ASSERT_EQ(client.ChannelBind(0x4001, v6.local()), 0);
  for (uint32_t i = 0; i < 10; ++i) {
    client.SendChannelData(0x4000, MakePayload(100, i));
    client.SendChannelData(0x4001, MakePayload(100, i + 50));
    const auto at_v4 = v4.Receive(), at_v6 = v6.Receive();
    ASSERT_TRUE(at_v4 && at_v6);
    EXPECT_EQ(at_v4->from, client.relayed());
    EXPECT_EQ(at_v6->from, client.also_relayed());
    EXPECT_EQ(at_v6->bytes, MakePayload(100, i + 50));
    v6.Send(client.also_relayed(), MakePayload(70, i));
    const auto back = client.ReceiveData();
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, (TestClient::Data{0x4001, {}, MakePayload(70, i)}));
  }
  ASSERT_EQ(client.Refresh(0), 0);
  v6.Send(client.also_relayed(), MakePayload(70, 1));
  EXPECT_FALSE(client.ReceiveData(50));
}

}  // namespace
}  // namespace koeru::server
