// RFC 8016 over real sockets: a client that goes on from another address.

#include "tests/native_server/worker/test_server.h"

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

}  // namespace
}  // namespace koeru::server
