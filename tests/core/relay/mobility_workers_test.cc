// RFC 8016 with several workers: the ticket is one worker's, the Refresh request comes to another.

#include <gtest/gtest.h>

#include "core/relay/mobility_ticket.h"
#include "core/relay/shared_secret.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:9";

class MobilityBetweenWorkers : public ::testing::Test {
 protected:
  MobilityBetweenWorkers() {
    for (RelayHarness* h : {&owner_, &other_}) {
      h->config.mobility = true;
      h->place = {.worker = h == &owner_ ? 0u : 1u, .workers = 2};
    }
  }

  void Allocate() {
    ASSERT_EQ(owner_.Allocate(home_, [](auto& b) { b.Add(stun::MobilityTicket{}); }), 0);
    const Bytes ticket = owner_.Get<stun::MobilityTicket>()->ticket;
    ticket_.assign(ticket.begin(), ticket.end());
  }
  Packet RefreshWithTicket(ScriptedClient& client) {
    return client.Request(stun::Method::kRefresh,
                          [this](auto& b) { b.Add(stun::MobilityTicket{ticket_}); });
  }
  // What the other worker answers; -1 when it hands the request over.
  int AskOther(ScriptedClient& client) {
    request_ = RefreshWithTicket(client);
    other_.Send(client, request_);
    return other_.Code();
  }

  RelayHarness owner_, other_;
  ScriptedClient home_ = owner_.Client("192.0.2.1:50000");
  ScriptedClient away_ = owner_.Client("203.0.113.50:1234");
  Packet ticket_, request_;
};

TEST_F(MobilityBetweenWorkers, Rfc8016_3_2_2_TheOwnerAnswersWhatCameToAnotherWorker) {
  for (const net::Transport transport : {net::Transport::kUdp, net::Transport::kTcp,
                                         net::Transport::kTls, net::Transport::kDtls}) {
    home_.five_tuple.client.endpoint.port++;
    home_.nonce.clear();
    away_.nonce.clear();
    away_.five_tuple.transport = transport;
    Allocate();
    ASSERT_EQ(owner_.Permit(home_, kPeer), 0);
    other_.LogIn(away_);
    EXPECT_EQ(AskOther(away_), -1);
    ASSERT_EQ(other_.moved.size(), 1u);
    EXPECT_EQ(other_.moved[0].worker, 0u);
    EXPECT_EQ(other_.moved[0].five_tuple, away_.five_tuple);
    const Bytes bytes = other_.actions.BytesOf(other_.moved[0]);
    EXPECT_EQ(Packet(bytes.begin(), bytes.end()), request_);

    EXPECT_FALSE(owner_.relay().HasClient(away_.five_tuple));
    owner_.Send(away_, request_);
    ASSERT_EQ(owner_.Code(), 0);
    EXPECT_TRUE(owner_.relay().HasClient(away_.five_tuple)) << "so the other one is to steer";
    EXPECT_EQ(owner_.RouteSend(away_, kPeer, "x").drop, Drop::kNone);
    EXPECT_EQ(owner_.RouteBack(kPeer).five_tuple, away_.five_tuple);
    EXPECT_FALSE(owner_.relay().HasClient(home_.five_tuple));
    EXPECT_EQ(owner_.Refresh(away_, 0), 0);
    EXPECT_FALSE(owner_.relay().HasClient(away_.five_tuple));
  }
  EXPECT_EQ(other_.relay().allocation_count(), 0u);
}

TEST_F(MobilityBetweenWorkers, Attack_AForgedTicketCostsTheOwnerNothing) {
  Allocate();
  other_.LogIn(away_);
  for (size_t i = 0; i < ticket_.size(); ++i) {
    ticket_[i] ^= 1;
    EXPECT_EQ(AskOther(away_), 400) << i;
    EXPECT_TRUE(other_.moved.empty());
    ticket_[i] ^= 1;
  }
}

// Somebody has seen a ticket and sends it from sources that are not his.
TEST_F(MobilityBetweenWorkers, Attack_AForgedSourceCostsTheOwnerNothing) {
  Allocate();
  EXPECT_EQ(AskOther(away_), 401) << "no nonce";
  EXPECT_TRUE(other_.moved.empty());
  other_.LogIn(away_);
  ScriptedClient forged = other_.Client("203.0.113.66:1234");
  forged.nonce = away_.nonce;
  EXPECT_EQ(AskOther(forged), 438) << "a nonce of another address";
  EXPECT_TRUE(other_.moved.empty());
}

TEST_F(MobilityBetweenWorkers, AnOldNonceIsChallengedWhereItComes) {
  owner_.config.max_lifetime = owner_.config.default_lifetime = 3600s;
  Allocate();
  other_.LogIn(away_);
  other_.Advance(700s);
  EXPECT_EQ(AskOther(away_), 438);
  EXPECT_TRUE(other_.moved.empty());
}

// Its owner would not let him have it: the owner says so, and the 5-tuple is not steered.
TEST_F(MobilityBetweenWorkers, Attack_AnotherUsersTicketMovesNothing) {
  Allocate();
  ScriptedClient bob = owner_.Client("203.0.113.51:1234", "bob", "hidden");
  other_.LogIn(bob);
  EXPECT_EQ(AskOther(bob), -1);
  owner_.Send(bob, request_);
  EXPECT_EQ(owner_.Code(), 441);
  EXPECT_FALSE(owner_.relay().HasClient(bob.five_tuple));
}

TEST_F(MobilityBetweenWorkers, DoesNotTakeAnotherAllocations5Tuple) {
  Allocate();
  ASSERT_EQ(other_.Allocate(away_), 0);
  EXPECT_EQ(AskOther(away_), 437);
  EXPECT_TRUE(other_.moved.empty());
}

TEST_F(MobilityBetweenWorkers, TicketsOfAnotherServerOrFromBeforeARestartAreNone) {
  Allocate();
  other_.config.nonce_key[0] = 8;
  other_.LogIn(away_);
  EXPECT_EQ(AskOther(away_), 400);
  EXPECT_TRUE(other_.moved.empty());
}

TEST_F(MobilityBetweenWorkers, IsForbiddenWhereTheOperatorForbidsIt) {
  Allocate();
  other_.config.mobility = false;
  other_.LogIn(away_);
  EXPECT_EQ(AskOther(away_), 405);
}

TEST_F(MobilityBetweenWorkers, NeedsNoNonceWhereNobodyNeedsOne) {
  owner_.config.anonymous = other_.config.anonymous = true;
  Allocate();
  EXPECT_EQ(AskOther(away_), -1);
  EXPECT_EQ(other_.moved.size(), 1u);
}

// The other worker could not know the key any more; the owner does.
TEST_F(MobilityBetweenWorkers, OutlastsATimeLimitedCredential) {
  for (RelayHarness* h : {&owner_, &other_}) {
    h->config.users.clear();
    h->config.shared_secrets = {"s3cret"};
  }
  const MintedCredential minted =
      MintCredential("s3cret", "carol", net::UnixTime{owner_.wall.seconds + 60});
  for (ScriptedClient* client : {&home_, &away_}) {
    client->username = minted.username;
    client->password = minted.password;
  }
  Allocate();
  owner_.Advance(120s);
  other_.Advance(120s);
  other_.LogIn(away_);
  EXPECT_EQ(AskOther(away_), -1);
  owner_.Send(away_, request_);
  EXPECT_EQ(owner_.Code(), 0);
}

}  // namespace
}  // namespace koeru::relay::testing
