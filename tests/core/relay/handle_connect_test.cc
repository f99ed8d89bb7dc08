// RFC 6062 sections 5.1 and 5.2.

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:80";

class TcpRelay : public ::testing::Test {
 protected:
  // A connection that the client may bind.
  ConnectionId Open(std::string_view peer = kPeer) {
    EXPECT_EQ(h_.Connect(alice_, peer), -1);
    const ConnectionId id = h_.connects.at(0).connection;
    EXPECT_EQ(h_.Connected(id), 0);
    return id;
  }

  RelayHarness h_;
  ScriptedClient alice_ = h_.TcpClient("192.0.2.1:50000");
};
using TcpAllocate = TcpRelay;
using Connect = TcpRelay;

TEST_F(TcpAllocate, Rfc6062_5_1_OpensAListeningSocketAndKnowsItsAddressAsOfTcp) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.opened.size(), 1u);
  EXPECT_TRUE(h_.opened[0].tcp);
  const auto relayed = h_.Get<turn::XorRelayedAddress>()->endpoint;
  EXPECT_TRUE(h_.live_tcp.Contains(relayed));
  EXPECT_FALSE(h_.live.Contains(relayed)) << "nothing answers there over UDP";
  EXPECT_EQ(h_.quota.total(), 1u);
  ASSERT_EQ(h_.Refresh(alice_, 0), 0);
  EXPECT_TRUE(h_.live_tcp.endpoints.empty());
  EXPECT_EQ(h_.quota.total(), 0u);
}

TEST_F(TcpAllocate, Rfc6062_5_1_ADifferentPortIsOpenedForTcpToo) {
  h_.sockets_fail = 2;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.opened.size(), 3u);
  EXPECT_TRUE(h_.opened[2].tcp);
}

TEST_F(TcpAllocate, Rfc6062_5_1_Step1RefusesOtherTransportsAndWhatIsSwitchedOff) {
  h_.LogIn(alice_);
  const auto ask = [&](uint8_t protocol) {
    return h_.Ask(alice_, stun::Method::kAllocate,
                  [&](auto& b) { b.Add(turn::RequestedTransport{protocol}); });
  };
  EXPECT_EQ(ask(33), 442);
  h_.config.tcp_relay = false;
  h_.Reload();
  EXPECT_EQ(ask(turn::kProtocolTcp), 442);
  h_.config.tcp_relay = true;
  h_.config.udp_relay = false;
  h_.Reload();
  EXPECT_EQ(ask(turn::kProtocolUdp), 442);
  EXPECT_EQ(ask(turn::kProtocolTcp), 0);
}

TEST_F(TcpAllocate, Rfc6062_5_1_Step2NeedsAClientOverTcpOrTls) {
  for (const auto transport : {net::Transport::kUdp, net::Transport::kDtls}) {
    ScriptedClient client = h_.Client("192.0.2.1:50001");
    client.five_tuple.transport = transport;
    EXPECT_EQ(h_.AllocateTcp(client), 400);
  }
  ScriptedClient client = h_.Client("192.0.2.1:50001");
  client.five_tuple.transport = net::Transport::kTls;
  EXPECT_EQ(h_.AllocateTcp(client), 0);
}

TEST_F(TcpAllocate, Rfc6062_5_1_Step3RefusesWhatIsAboutDatagrams) {
  EXPECT_EQ(h_.AllocateTcp(alice_, [](auto& b) { b.Add(turn::DontFragment{}); }), 400);
  EXPECT_EQ(h_.AllocateTcp(alice_, [](auto& b) { b.Add(turn::EvenPort{false}); }), 400);
  EXPECT_EQ(h_.AllocateTcp(alice_, [](auto& b) { b.Add(turn::ReservationToken{}); }), 400);
  EXPECT_TRUE(h_.opened.empty());
}

TEST_F(TcpAllocate, DoesNotMove) {
  h_.config.mobility = true;
  EXPECT_EQ(h_.AllocateTcp(alice_, [](auto& b) { b.Add(stun::MobilityTicket{}); }), 405);
}

TEST_F(TcpAllocate, TakesAnAddressFamilyOrBoth) {
  ASSERT_EQ(h_.AllocateTcp(alice_, [](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }), 0);
  ASSERT_EQ(h_.opened.size(), 2u);
  EXPECT_TRUE(h_.opened[0].tcp && h_.opened[1].tcp);
  EXPECT_EQ(h_.Connect(alice_, "[2001:db8::7]:80"), -1);
  ASSERT_EQ(h_.connects.size(), 1u);
  EXPECT_EQ(h_.connects[0].local.address, At("2600::1"));
  ScriptedClient bob = h_.TcpClient("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.AllocateTcp(bob), 0);
  EXPECT_EQ(h_.Connect(bob, "[2001:db8::7]:80"), 443);
}

TEST_F(TcpAllocate, CarriesNoDatagrams) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  EXPECT_EQ(h_.RouteSend(alice_, kPeer, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, kPeer), 403);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.RouteBack(kPeer).drop, Drop::kNoAllocation);
  AllocationHandle found;
  EXPECT_FALSE(h_.relay().FindByRelayedAddress(h_.opened[0].local, found));
}

TEST_F(Connect, Rfc6062_5_2_ConnectsFromTheRelayedAddressAndAnswersWithAnId) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Connect(alice_, kPeer), -1) << "no answer before the connection is there";
  ASSERT_EQ(h_.connects.size(), 1u);
  const ConnectPeer connect = h_.connects[0];
  EXPECT_EQ(connect.local, h_.opened[0].local);
  EXPECT_EQ(connect.peer, Ep(kPeer));
  EXPECT_EQ(h_.Connected(connect.connection), 0);
  EXPECT_EQ(h_.Get<turn::ConnectionId>()->id, static_cast<uint32_t>(connect.connection));
  EXPECT_TRUE(h_.ReplyHas(stun::attribute_type::kMessageIntegrity));
  EXPECT_EQ(h_.relay().counters().peers_connected, 1u);
}

TEST_F(Connect, Rfc6062_5_2_NeedsATcpAllocation) {
  h_.LogIn(alice_);
  EXPECT_EQ(h_.Connect(alice_, kPeer), 437);
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Connect(alice_, kPeer), 403);
  EXPECT_EQ(h_.events.refused.back().cause, RefusalCause::kNotForTcp);
}

TEST_F(Connect, Rfc6062_5_2_ASecondOneToTheSamePeerGets446) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Connect(alice_, kPeer), -1);
  const ConnectionId id = h_.connects.at(0).connection;
  EXPECT_EQ(h_.Connect(alice_, kPeer), 446) << "while it is being opened";
  ASSERT_EQ(h_.Connected(id), 0);
  EXPECT_EQ(h_.Connect(alice_, kPeer), 446) << "while it waits";
  ScriptedClient data = h_.TcpClient("192.0.2.1:50001");
  ASSERT_EQ(h_.BindConnection(data, id), 0);
  EXPECT_EQ(h_.Connect(alice_, kPeer), 446) << "while it is in use";
  EXPECT_EQ(h_.Connect(alice_, "198.51.100.7:81"), -1) << "another port is another peer";
  h_.relay().OnDataConnectionEnded(id);
  EXPECT_EQ(h_.Connect(alice_, kPeer), -1);
}

TEST_F(Connect, Rfc6062_5_2_NeedsAPeer) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  EXPECT_EQ(h_.Ask(alice_, stun::Method::kConnect), 400);
  EXPECT_EQ(h_.Connect(alice_, "198.51.100.7:0"), 400);
}

TEST_F(Connect, Rfc6062_5_2_APeerThatIsDeniedGets403AndNoSocket) {
  h_.config.allow_private_peers = false;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  for (const std::string_view peer :
       {"127.0.0.1:22", "10.0.0.1:80", "169.254.169.254:80", "192.168.1.1:443", "5.5.5.1:22",
        "0.0.0.0:80", "224.0.0.1:80"}) {
    EXPECT_EQ(h_.Connect(alice_, peer), 403) << peer;
    EXPECT_TRUE(h_.connects.empty()) << peer;
    EXPECT_EQ(h_.events.refused.back().cause, RefusalCause::kPeerDenied);
  }
  EXPECT_EQ(h_.Connect(alice_, "8.8.8.8:53"), -1);
}

TEST_F(Connect, AnOwnAddressIsReachedForOtherLiveTcpRelaysAlone) {
  h_.config.relay_addresses = {{At("10.0.0.5"), At("5.5.5.1")}};
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  const net::Endpoint own = h_.Get<turn::XorRelayedAddress>()->endpoint;
  EXPECT_EQ(h_.Connect(alice_, own.ToString()), 403) << "itself";
  ScriptedClient bob = h_.TcpClient("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.Allocate(bob), 0);
  EXPECT_EQ(h_.Connect(alice_, h_.Get<turn::XorRelayedAddress>()->endpoint.ToString()), 403)
      << "a relay of UDP, whose port may be another program's over TCP";
  ASSERT_EQ(h_.Refresh(bob, 0), 0);
  ASSERT_EQ(h_.AllocateTcp(bob), 0);
  const net::Endpoint other = h_.Get<turn::XorRelayedAddress>()->endpoint;
  EXPECT_EQ(h_.Connect(alice_, other.ToString()), -1);
  EXPECT_EQ(h_.connects.at(0).peer, h_.opened.back().local) << "behind the NAT, directly";
}

TEST_F(Connect, Rfc6062_5_2_AFailureGets447) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Connect(alice_, kPeer), -1);
  EXPECT_EQ(h_.ConnectFailed(h_.connects.at(0).connection), 447);
  EXPECT_EQ(h_.relay().connection_count(), 0u);
  EXPECT_EQ(h_.Connect(alice_, kPeer), -1) << "it may try again";
}

TEST_F(Connect, Rfc6062_5_2_APeerThatDoesNotAnswerFor30SecondsGets447) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  ASSERT_EQ(h_.Connect(alice_, kPeer), -1);
  const ConnectionId id = h_.connects.at(0).connection;
  h_.Advance(30s - 1ns);
  EXPECT_EQ(h_.relay().connection_count(), 1u);
  h_.Advance(1ns);
  EXPECT_EQ(h_.Code(), 447);
  EXPECT_EQ(h_.closed_peers, std::vector{id});
  EXPECT_EQ(h_.relay().connection_count(), 0u);
  EXPECT_EQ(h_.Connected(id), -1) << "too late";
  EXPECT_EQ(h_.closed_peers, std::vector{id});
}

TEST_F(Connect, ConnectionsThatAreBeingOpenedAreFew) {
  h_.config.max_connecting_per_allocation = 3;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  for (const char* port : {"1", "2", "3"}) {
    ASSERT_EQ(h_.Connect(alice_, std::string("198.51.100.7:") + port), -1);
  }
  const ConnectionId last = h_.connects.at(0).connection;
  EXPECT_EQ(h_.Connect(alice_, "198.51.100.7:4"), 486);
  ASSERT_EQ(h_.Connected(last), 0);
  EXPECT_EQ(h_.Connect(alice_, "198.51.100.7:4"), -1);
}

TEST_F(Connect, ConnectionsOfAnAllocationAndOfAWorkerAreBounded) {
  h_.config.max_connections_per_allocation = 2;
  h_.config.max_connections = 3;
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  Open("198.51.100.7:1");
  Open("198.51.100.7:2");
  EXPECT_EQ(h_.Connect(alice_, "198.51.100.7:3"), 486);
  ScriptedClient bob = h_.TcpClient("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.AllocateTcp(bob), 0);
  EXPECT_EQ(h_.Connect(bob, "198.51.100.7:1"), -1) << "another allocation, the same peer";
  EXPECT_EQ(h_.Connect(bob, "198.51.100.7:2"), 508);
}

TEST_F(Connect, GoesOnWhileTheServerDrains) {
  ASSERT_EQ(h_.AllocateTcp(alice_), 0);
  h_.config.draining = true;
  h_.Reload();
  Open();
}

}  // namespace
}  // namespace koeru::relay::testing
