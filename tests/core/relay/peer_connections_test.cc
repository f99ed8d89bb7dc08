// RFC 6062 section 5.3: peers that connect to a relayed transport address.

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:40000";

class ConnectionAttempt : public ::testing::Test {
 protected:
  RelayHarness h_;
  ScriptedClient alice_ = h_.TcpClient("192.0.2.1:50000");
};

TEST_F(ConnectionAttempt, Rfc6062_5_3_TellsTheClientWhoHasConnected) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.7:1"), 0) << "a permission is per address";
  const auto id = h_.Accept(kPeer);
  ASSERT_TRUE(id);
  ASSERT_TRUE(h_.reply);
  const auto message = stun::MessageView::Parse(*h_.reply);
  EXPECT_EQ(message->type(),
            (stun::MessageType{stun::Method::kConnectionAttempt, stun::Class::kIndication}));
  EXPECT_EQ(h_.Get<turn::XorPeerAddress>()->endpoint, Ep(kPeer));
  EXPECT_EQ(h_.Get<turn::ConnectionId>()->id, static_cast<uint32_t>(*id));
  EXPECT_EQ(std::get<SendToClient>(h_.actions[0]).five_tuple, alice_.five_tuple);
  ScriptedClient data = h_.TcpClient("192.0.2.1:50001");
  EXPECT_EQ(h_.BindConnection(data, *id), 0);
  EXPECT_EQ(h_.relay().counters().peers_accepted, 1u);
}

TEST_F(ConnectionAttempt, Rfc6062_5_3_WithoutAPermissionNobodyIsTold) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  EXPECT_FALSE(h_.Accept(kPeer));
  EXPECT_FALSE(h_.reply);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.8:1"), 0);
  EXPECT_FALSE(h_.Accept(kPeer));
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  h_.Advance(300s);
  EXPECT_FALSE(h_.Accept(kPeer)) << "it has ended";
  EXPECT_EQ(h_.relay().counters().peers_refused, 3u);
  EXPECT_EQ(h_.relay().connection_count(), 0u);
}

TEST_F(ConnectionAttempt, AConnectionOutlivesThePermissionThatLetItIn) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  const auto id = h_.Accept(kPeer);
  ScriptedClient data = h_.TcpClient("192.0.2.1:50001");
  ASSERT_EQ(h_.BindConnection(data, *id), 0);
  h_.Advance(301s);
  EXPECT_EQ(h_.relay().connection_count(), 1u);
}

TEST_F(ConnectionAttempt, Rfc6062_5_3_UnboundItIsClosedAfter30Seconds) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  const auto id = h_.Accept(kPeer);
  h_.Advance(30s);
  EXPECT_EQ(h_.closed_peers, std::vector{*id});
  EXPECT_FALSE(h_.reply) << "the client is told nothing";
}

TEST_F(ConnectionAttempt, PeersThatConnectWithoutEndAreBounded) {
  h_.config.max_connections_per_allocation = 3;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(h_.Accept(kPeer));
  EXPECT_FALSE(h_.Accept(kPeer));
  EXPECT_EQ(h_.relay().counters().peers_refused, 1u);
  h_.Advance(30s);
  EXPECT_TRUE(h_.Accept(kPeer));
}

TEST_F(ConnectionAttempt, AnotherRelayOfThisServerIsKnownByItsAdvertisedAddress) {
  h_.config.relay_addresses = {{At("10.0.0.5"), At("5.5.5.1")}};
  ScriptedClient bob = h_.TcpClient("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.AllocateTcp(bob), 0);
  const net::Endpoint bob_relayed = h_.Get<turn::XorRelayedAddress>()->endpoint;
  const net::Endpoint bob_local = h_.opened.back().local;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, "5.5.5.1:1"), 0);
  ASSERT_TRUE(h_.Accept(bob_local.ToString()));
  EXPECT_EQ(h_.Get<turn::XorPeerAddress>()->endpoint, bob_relayed);
  EXPECT_FALSE(h_.Accept("10.0.0.5:1")) << "another program of this machine";
}

TEST_F(ConnectionAttempt, AnAllocationOfUdpOrOneThatHasEndedTakesNone) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  EXPECT_FALSE(h_.Accept(kPeer));
  ASSERT_EQ(h_.Refresh(alice_, 0), 0);
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  ASSERT_EQ(h_.Refresh(alice_, 0), 0);
  EXPECT_FALSE(h_.Accept(kPeer));
}

TEST_F(ConnectionAttempt, ManyConnectionsThatAreLateEndInSeveralTurns) {
  h_.config.max_connections_per_allocation = 1000;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  for (int i = 0; i < 2 * Relay::kMaxEndsPerTimeout; ++i) ASSERT_TRUE(h_.Accept(kPeer));
  h_.now = h_.now + 30s;
  h_.actions.Clear();
  h_.relay().OnTimeout(h_.now, h_.actions);
  EXPECT_EQ(h_.relay().connection_count(), static_cast<size_t>(Relay::kMaxEndsPerTimeout));
  EXPECT_LE(h_.relay().NextDeadline(), h_.now);
}

}  // namespace
}  // namespace koeru::relay::testing
