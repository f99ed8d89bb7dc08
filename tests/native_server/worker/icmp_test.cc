// RFC 8656 section 11.5 over real sockets: what the kernel says about a relay socket's datagrams
// reaches the client.

#include "tests/native_server/io/own_network.h"
#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

class IcmpOfFamily : public ::testing::TestWithParam<net::Family> {
 protected:
  static net::Address Local() {
    return GetParam() == net::Family::kIpv6 ? TestServer::V6() : TestServer::V4();
  }
  // A port that was just closed.
  static net::Endpoint Closed() { return TestSocket({Local(), 0}).local(); }
};

TEST_P(IcmpOfFamily, TellsTheClientThatAPeersPortIsClosed) {
  TestServer server;
  TestClient client = server.NewClient();
  const net::Endpoint closed = Closed();
  TestSocket peer({Local(), 0});
  ASSERT_EQ(client.Allocate(GetParam()), 0);
  ASSERT_EQ(client.CreatePermission(closed), 0);
  client.SendIndication(closed, MakePayload(10, 1));
  const auto error = client.ReceiveIcmp();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->peer, closed);
  EXPECT_EQ(error->icmp.type, GetParam() == net::Family::kIpv6 ? 1 : 3);
  EXPECT_EQ(error->icmp.code, GetParam() == net::Family::kIpv6 ? 4 : 3);
  EXPECT_EQ(error->icmp.data, 0u);
}

TEST_P(IcmpOfFamily, CostsTheOtherPeersOfTheAllocationNothing) {
  TestServer server;
  TestClient client = server.NewClient();
  const net::Endpoint closed = Closed();
  TestSocket peer({Local(), 0});
  ASSERT_EQ(client.Allocate(GetParam()), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, closed), 0);
  ASSERT_EQ(client.ChannelBind(0x4001, peer.local()), 0);
  for (uint32_t i = 0; i < 200; ++i) {
    client.SendChannelData(0x4000, MakePayload(10, i));
    client.SendChannelData(0x4001, MakePayload(20, i));
    const auto got = peer.Receive();
    ASSERT_TRUE(got) << i;
    ASSERT_EQ(got->bytes, MakePayload(20, i));
  }
  // The client is told, but not 200 times: 10 a second, and less than 30 seconds have passed.
  int told = 0;
  while (client.ReceiveIcmp(50)) ++told;
  EXPECT_GE(told, 1);
  EXPECT_LT(told, 200);
  EXPECT_EQ(server.server().Sum().send_failed, 0u);
  // Both directions still work.
  peer.Send(client.relayed(), MakePayload(30, 1));
  const auto back = client.ReceiveData();
  ASSERT_TRUE(back);
  EXPECT_EQ(back->channel, 0x4001);
}

TEST_P(IcmpOfFamily, WithDontFragmentTellsTheMtu) {
  InNetworkOfMtu(1400, [] {
    TestServer server;
    TestClient client = server.NewClient();
    TestSocket peer({Local(), 0});
    ASSERT_EQ(client.Allocate(GetParam()), 0);
    ASSERT_EQ(client.CreatePermission(peer.local()), 0);
    client.SendIndication(peer.local(), MakePayload(2000, 1), true);
    const auto error = client.ReceiveIcmp();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->peer, peer.local());
    EXPECT_EQ(error->icmp.type, GetParam() == net::Family::kIpv6 ? 2 : 3);
    EXPECT_EQ(error->icmp.code, GetParam() == net::Family::kIpv6 ? 0 : 4);
    EXPECT_EQ(error->icmp.data, 1400u);
    EXPECT_FALSE(peer.Receive(50));
    // Without the attribute it arrives, in fragments.
    client.SendIndication(peer.local(), MakePayload(2000, 2));
    const auto got = peer.Receive();
    ASSERT_TRUE(got);
    EXPECT_EQ(got->bytes, MakePayload(2000, 2));
  });
}

INSTANTIATE_TEST_SUITE_P(Loopback, IcmpOfFamily,
                         ::testing::Values(net::Family::kIpv4, net::Family::kIpv6));

}  // namespace
}  // namespace koeru::server
