#pragma once

// A call that goes on while rules change and the server drains, whatever its transport.

#include "tests/native_server/worker/test_server.h"

namespace koeru::server {

inline void ExpectRoundTrip(TestClient& client, TestSocket& peer, uint32_t seed) {
  client.SendChannelData(0x4000, MakePayload(300, seed));
  const auto arrived = peer.Receive();
  ASSERT_TRUE(arrived) << seed;
  ASSERT_EQ(arrived->bytes, MakePayload(300, seed));
  peer.Send(client.relayed(), MakePayload(400, seed));
  const auto data = client.ReceiveData();
  ASSERT_TRUE(data) << seed;
  ASSERT_EQ(data->payload, MakePayload(400, seed));
}

// `config` is that of the server; `late` comes when it drains.
inline void ExpectCallToSurviveReloadsAndDrain(RelayServer& server,
                                               const relay::RelayConfig& config, TestClient& client,
                                               TestClient& late) {
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  uint32_t seed = 0;
  for (int reload = 0; reload < 30; ++reload) {
    server.Reload(config, 0, 0);
    for (int i = 0; i < 5; ++i) ASSERT_NO_FATAL_FAILURE(ExpectRoundTrip(client, peer, ++seed));
  }
  server.Drain();
  ASSERT_TRUE(Eventually([&] { return server.IsDrained(1); }));
  EXPECT_EQ(late.Allocate(), 508);
  for (int i = 0; i < 20; ++i) ASSERT_NO_FATAL_FAILURE(ExpectRoundTrip(client, peer, ++seed));
  EXPECT_EQ(client.Refresh(600), 0);
  EXPECT_FALSE(server.IsDrained(0));
  EXPECT_EQ(client.Refresh(0), 0);
  EXPECT_TRUE(Eventually([&] { return server.IsDrained(0); }));
}

}  // namespace koeru::server
