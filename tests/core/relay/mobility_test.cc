#include "core/relay/mobility.h"

#include <gtest/gtest.h>

#include "core/relay/shared_secret.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:9";

// A client at home and the same one elsewhere.
class Mobility : public ::testing::Test {
 protected:
  Mobility() { h_.config.mobility = true; }

  int Allocate(const Attributes& more = nullptr) {
    const int code = h_.Allocate(home_, [&](stun::MessageBuilder& b) {
      b.Add(stun::MobilityTicket{});
      if (more) more(b);
    });
    if (code == 0) KeepTicket();
    return code;
  }
  void KeepTicket() {
    const Bytes ticket = h_.Get<stun::MobilityTicket>()->ticket;
    ticket_.assign(ticket.begin(), ticket.end());
  }
  Attributes WithTicket(const Packet& ticket, const Attributes& more = nullptr) {
    return [ticket, more](stun::MessageBuilder& b) {
      b.Add(stun::MobilityTicket{ticket});
      if (more) more(b);
    };
  }
  // Refresh with the ticket from there; as every client does, with a nonce for the new address.
  int Move(ScriptedClient& client, const Attributes& more = nullptr) {
    if (client.nonce.empty()) h_.LogIn(client);
    const int code = h_.Ask(client, stun::Method::kRefresh, WithTicket(ticket_, more));
    if (code == 0 && h_.ReplyHas(stun::attribute_type::kMobilityTicket)) KeepTicket();
    return code;
  }
  net::FiveTuple WherePeersDataGoes() { return h_.RouteBack(kPeer).five_tuple; }

  RelayHarness h_;
  ScriptedClient home_ = h_.Client("192.0.2.1:50000");
  ScriptedClient away_ = h_.Client("203.0.113.50:1234");
  ScriptedClient far_away_ = h_.Client("203.0.113.60:1234");
  Packet ticket_;
};

TEST_F(Mobility, Rfc8016_3_1_2_GivesATicketToWhoAsks) {
  ASSERT_EQ(Allocate(), 0);
  EXPECT_EQ(ticket_.size(), kTicketSize);
  ScriptedClient plain = h_.Client("192.0.2.1:50001");
  ASSERT_EQ(h_.Allocate(plain), 0);
  EXPECT_FALSE(h_.ReplyHas(stun::attribute_type::kMobilityTicket));
}

TEST_F(Mobility, Rfc8016_3_1_2_Is405WhereTheOperatorForbidsIt) {
  h_.config.mobility = false;
  EXPECT_EQ(Allocate(), 405);
  ASSERT_EQ(h_.Allocate(home_), 0) << "the client asks again without";
  EXPECT_EQ(h_.Ask(home_, stun::Method::kRefresh, WithTicket(Packet(kTicketSize))), 405);
}

TEST_F(Mobility, Rfc8016_3_1_2_IsMalformedWhenTheTicketOfAllocateIsNotEmpty) {
  h_.LogIn(home_);
  EXPECT_EQ(h_.Ask(home_, stun::Method::kAllocate, RelayHarness::Udp(WithTicket(Packet(1)))), 400);
}

TEST_F(Mobility, Rfc8016_3_2_2_MovesWithTheFirstDataOnTheNew5Tuple) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Bind(home_, 0x4000, kPeer), 0);
  const Packet first_ticket = ticket_;
  ASSERT_EQ(Move(away_), 0);
  EXPECT_EQ(h_.Get<turn::Lifetime>()->seconds, 600u);
  EXPECT_NE(ticket_, first_ticket);

  // "MUST keep receiving on and transmitting to the old 5-tuple" until then.
  EXPECT_EQ(WherePeersDataGoes(), home_.five_tuple);
  EXPECT_EQ(h_.RouteChannel(home_, 0x4000, "x").drop, Drop::kNone);
  EXPECT_EQ(WherePeersDataGoes(), home_.five_tuple);

  const RouteToPeer route = h_.RouteChannel(away_, 0x4000, "x");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_EQ(route.allocation, h_.opened[0].allocation);
  EXPECT_EQ(WherePeersDataGoes(), away_.five_tuple);
  EXPECT_EQ(h_.RouteChannel(home_, 0x4000, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.Refresh(home_), 437);
  EXPECT_EQ(h_.Refresh(away_), 0);
  EXPECT_EQ(h_.relay().counters().moves, 1u);
  EXPECT_EQ(h_.opened.size(), 1u);
  EXPECT_EQ(h_.quota.total(), 1u);
}

TEST_F(Mobility, Rfc8016_3_2_2_MovesWithASendIndicationToo) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Permit(home_, kPeer), 0);
  ASSERT_EQ(Move(away_), 0);
  EXPECT_EQ(h_.RouteSend(away_, kPeer, "x").drop, Drop::kNone);
  EXPECT_EQ(WherePeersDataGoes(), away_.five_tuple);
}

TEST_F(Mobility, MovesWithARequestOnTheNew5Tuple) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(Move(away_), 0);
  ASSERT_EQ(h_.Permit(away_, kPeer), 0);
  EXPECT_EQ(WherePeersDataGoes(), away_.five_tuple);
}

TEST_F(Mobility, DoesNotMoveWithDataThatGoesNowhere) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Permit(home_, kPeer), 0);
  ASSERT_EQ(Move(away_), 0);
  EXPECT_EQ(h_.RouteChannel(away_, 0x4000, "x").drop, Drop::kNoChannel);
  EXPECT_EQ(h_.RouteSend(away_, "198.51.100.8:9", "x").drop, Drop::kNoPermission);
  EXPECT_EQ(WherePeersDataGoes(), home_.five_tuple);
}

TEST_F(Mobility, Rfc8016_3_2_2_IsForTheUserWhoMadeTheAllocation) {
  ASSERT_EQ(Allocate(), 0);
  ScriptedClient bob = h_.Client("203.0.113.50:1234", "bob", "hidden");
  EXPECT_EQ(Move(bob), 441);
  EXPECT_EQ(h_.RouteChannel(bob, 0x4000, "x").drop, Drop::kNoAllocation);
  ScriptedClient nobody = h_.Client("203.0.113.51:1234", "alice", "wrong");
  EXPECT_EQ(Move(nobody), 401);
}

TEST_F(Mobility, AnswersARetransmissionWithTheSameBytes) {
  ASSERT_EQ(Allocate(), 0);
  h_.LogIn(away_);
  const Packet request = away_.Request(stun::Method::kRefresh, WithTicket(ticket_));
  h_.Send(away_, request);
  ASSERT_EQ(h_.Code(), 0);
  const Packet first = *h_.reply;
  h_.Send(away_, request);
  EXPECT_EQ(*h_.reply, first);
  KeepTicket();
  ASSERT_EQ(h_.Permit(away_, kPeer), 0);
  h_.Send(away_, request);
  EXPECT_EQ(*h_.reply, first) << "also after the move, when it comes late";
}

TEST_F(Mobility, ATicketIsGoodForOneMove) {
  ASSERT_EQ(Allocate(), 0);
  const Packet first_ticket = ticket_;
  ASSERT_EQ(Move(away_), 0);
  ASSERT_EQ(h_.Permit(away_, kPeer), 0);
  const Packet second_ticket = ticket_;
  ticket_ = first_ticket;
  EXPECT_EQ(Move(far_away_), 400);
  ticket_ = second_ticket;
  ASSERT_EQ(Move(far_away_), 0);
  ASSERT_EQ(h_.Permit(far_away_, kPeer), 0);
  EXPECT_EQ(WherePeersDataGoes(), far_away_.five_tuple);
  EXPECT_EQ(h_.relay().counters().moves, 2u);
}

// The answer with the new ticket was lost, and the client is somewhere else already.
TEST_F(Mobility, TheOldTicketHoldsUntilTheMoveIsComplete) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Permit(home_, kPeer), 0);
  const Packet first_ticket = ticket_;
  ASSERT_EQ(Move(away_), 0);
  ticket_ = first_ticket;
  ASSERT_EQ(Move(far_away_), 0);
  EXPECT_EQ(h_.RouteSend(away_, kPeer, "x").drop, Drop::kNoAllocation) << "one move at a time";
  EXPECT_EQ(h_.RouteSend(far_away_, kPeer, "x").drop, Drop::kNone);
  EXPECT_EQ(WherePeersDataGoes(), far_away_.five_tuple);
}

TEST_F(Mobility, ComesBackToTheOld5Tuple) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Permit(home_, kPeer), 0);
  ASSERT_EQ(Move(away_), 0);
  ASSERT_EQ(Move(home_), 0);
  EXPECT_EQ(h_.RouteSend(away_, kPeer, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.RouteSend(home_, kPeer, "x").drop, Drop::kNone);
}

TEST_F(Mobility, DoesNotTakeAnotherAllocations5Tuple) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(h_.Allocate(away_), 0);
  EXPECT_EQ(Move(away_), 437);
  EXPECT_EQ(Move(far_away_), 0);
  EXPECT_EQ(h_.Allocate(far_away_), 437) << "and no other takes the one it is moving to";
}

TEST_F(Mobility, EndsWithItsAllocation) {
  h_.config.nonce_lifetime = 0s;
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(Move(away_), 0);
  h_.Advance(600s);
  EXPECT_EQ(h_.relay().allocation_count(), 0u);
  EXPECT_EQ(Move(far_away_), 400);
  EXPECT_EQ(h_.Allocate(away_), 0) << "the 5-tuple is free again";
  EXPECT_EQ(Move(far_away_), 400) << "its slot is in use again, by another allocation";
}

TEST_F(Mobility, GivesTheAllocationBackFromTheNew5Tuple) {
  ASSERT_EQ(Allocate(), 0);
  ASSERT_EQ(Move(away_, [](auto& b) { b.Add(turn::Lifetime{0}); }), 0);
  EXPECT_FALSE(h_.ReplyHas(stun::attribute_type::kMobilityTicket));
  EXPECT_EQ(h_.relay().allocation_count(), 0u);
  EXPECT_EQ(h_.quota.total(), 0u);
}

TEST_F(Mobility, RefusesTicketsThatAreNone) {
  ASSERT_EQ(Allocate(), 0);
  for (const size_t size : {size_t{0}, size_t{1}, kTicketSize, kTicketSize + 1, size_t{2000}}) {
    ticket_ = Packet(size, 0x55);
    EXPECT_EQ(Move(away_), 400) << size;
  }
  EXPECT_EQ(h_.relay().allocation_count(), 1u);
}

// A call may outlast a time-limited credential, also when it moves.
TEST_F(Mobility, OutlastsATimeLimitedCredential) {
  h_.config.users.clear();
  h_.config.shared_secrets = {"s3cret"};
  const MintedCredential minted =
      MintCredential("s3cret", "carol", net::UnixTime{h_.wall.seconds + 60});
  for (ScriptedClient* client : {&home_, &away_}) {
    client->username = minted.username;
    client->password = minted.password;
  }
  ASSERT_EQ(Allocate(), 0);
  h_.Advance(120s);
  EXPECT_EQ(Move(away_), 0);
  EXPECT_EQ(h_.Permit(away_, kPeer), 0);
}

TEST_F(Mobility, MovesBothFamiliesOfADualAllocation) {
  constexpr std::string_view kPeerV6 = "[2001:db8::7]:9";
  for (const bool v4_given_back : {false, true}) {
    h_.config.nonce_lifetime = 0s;
    ASSERT_EQ(Allocate([](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }), 0);
    ASSERT_EQ(h_.Permit(home_, kPeer), 0);
    ASSERT_EQ(h_.Permit(home_, kPeerV6), 0);
    ASSERT_EQ(Move(away_), 0);
    if (v4_given_back) {
      ASSERT_EQ(h_.Ask(home_, stun::Method::kRefresh,
                       [](auto& b) {
                         b.Add(turn::RequestedAddressFamily{stun::AddressFamily::kIpv4});
                         b.Add(turn::Lifetime{0});
                       }),
                0);
    }
    EXPECT_EQ(h_.RouteSend(away_, kPeerV6, "x").drop, Drop::kNone);
    EXPECT_EQ(h_.RouteBack(kPeerV6).five_tuple, away_.five_tuple);
    EXPECT_EQ(h_.RouteSend(away_, kPeer, "x").drop,
              v4_given_back ? Drop::kNoPermission : Drop::kNone);
    EXPECT_EQ(h_.RouteSend(home_, kPeerV6, "x").drop, Drop::kNoAllocation);
    ASSERT_EQ(Move(far_away_), 0) << "the ticket holds for what is left";
    ASSERT_EQ(h_.Refresh(far_away_, 0), 0);
    EXPECT_EQ(h_.relay().allocation_count(), 0u);
    EXPECT_EQ(h_.quota.total(), 0u);
  }
}

TEST_F(Mobility, OutlastsAConnectionThatIsClosed) {
  home_.five_tuple.transport = net::Transport::kTls;
  ASSERT_EQ(Allocate(), 0);
  h_.Disconnect(home_);
  ASSERT_EQ(Move(away_), 0);
  ASSERT_EQ(h_.Permit(away_, kPeer), 0);
  EXPECT_EQ(WherePeersDataGoes(), away_.five_tuple);
}

TEST_F(Mobility, ManyMovesTakeNoMemoryAndNoQuota) {
  h_.quota.per_user = 1;
  ASSERT_EQ(Allocate(), 0);
  for (int i = 0; i < 200; ++i) {
    ScriptedClient next = h_.Client("203.0.113.70:" + std::to_string(2000 + i));
    ASSERT_EQ(Move(next), 0) << i;
  }
  EXPECT_EQ(h_.relay().allocation_count(), 1u);
  EXPECT_EQ(h_.quota.total(), 1u);
  EXPECT_TRUE(h_.relay().IsConsistent());
}

}  // namespace
}  // namespace koeru::relay::testing
