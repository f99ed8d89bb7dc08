// RFC 6062 section 5.4.

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:80";

class ConnectionBind : public ::testing::Test {
 protected:
  ConnectionId Open(std::string_view peer = kPeer) {
    if (!h_.relay().HasAllocation(alice_.five_tuple, h_.now)) {
      EXPECT_EQ(h_.AllocateTcp(alice_), 0);
    }
    EXPECT_EQ(h_.Connect(alice_, peer), -1);
    const ConnectionId id = h_.connects.at(0).connection;
    EXPECT_EQ(h_.Connected(id), 0);
    return id;
  }

  RelayHarness h_;
  ScriptedClient alice_ = h_.TcpClient("192.0.2.1:50000");
  ScriptedClient data_ = h_.TcpClient("192.0.2.1:50001");
};

TEST_F(ConnectionBind, Rfc6062_5_4_JoinsTheClientConnectionAndThePeers) {
  const ConnectionId id = Open();
  ASSERT_EQ(h_.BindConnection(data_, id), 0);
  ASSERT_EQ(h_.bound.size(), 1u);
  EXPECT_EQ(h_.bound[0].connection, id);
  EXPECT_EQ(h_.bound[0].five_tuple, data_.five_tuple);
  ASSERT_EQ(h_.actions.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<SendToClient>(h_.actions[0])) << "the answer goes first";
  h_.Advance(60s);
  EXPECT_EQ(h_.relay().connection_count(), 1u) << "no timer ends it";
}

TEST_F(ConnectionBind, Rfc6062_5_4_NeedsAClientOverTcpOrTls) {
  const ConnectionId id = Open();
  data_.five_tuple.transport = net::Transport::kUdp;
  EXPECT_EQ(h_.BindConnection(data_, id), 400);
  data_.nonce.clear();
  data_.five_tuple.transport = net::Transport::kTls;
  EXPECT_EQ(h_.BindConnection(data_, id), 0) << "another transport than the control connection's";
}

TEST_F(ConnectionBind, Rfc6062_5_4_NeedsAnIdThatWaits) {
  const ConnectionId id = Open();
  h_.LogIn(data_);
  EXPECT_EQ(h_.Ask(data_, stun::Method::kConnectionBind), 400);
  EXPECT_EQ(h_.BindConnection(data_, ConnectionId{static_cast<uint32_t>(id) ^ 4}), 400);
  EXPECT_EQ(h_.events.refused.back().cause, RefusalCause::kUnknownConnection);
  ASSERT_EQ(h_.Connect(alice_, "198.51.100.7:81"), -1);
  EXPECT_EQ(h_.BindConnection(data_, h_.connects.at(0).connection), 400) << "it is not open yet";
  EXPECT_EQ(h_.BindConnection(data_, id), 0);
  ScriptedClient second = h_.TcpClient("192.0.2.1:50002");
  EXPECT_EQ(h_.BindConnection(second, id), 400) << "once";
  EXPECT_TRUE(h_.bound.empty());
}

TEST_F(ConnectionBind, NeedsAConnectionOfItsOwn) {
  const ConnectionId id = Open();
  EXPECT_EQ(h_.BindConnection(alice_, id), 400);
}

TEST_F(ConnectionBind, NeedsCredentialsOfTheSameUser) {
  const ConnectionId id = Open();
  ScriptedClient bob = h_.TcpClient("192.0.2.2:50000", "bob", "hidden");
  EXPECT_EQ(h_.BindConnection(bob, id), 441);
  ScriptedClient wrong = h_.TcpClient("192.0.2.1:50003", "alice", "guess");
  EXPECT_EQ(h_.BindConnection(wrong, id), 401);
  EXPECT_EQ(h_.Ask(data_, stun::Method::kConnectionBind,
                   [&](auto& b) { b.Add(turn::ConnectionId{static_cast<uint32_t>(id)}); }),
            401)
      << "no credentials at all";
  EXPECT_EQ(h_.BindConnection(data_, id), 0);
}

TEST_F(ConnectionBind, TheNonceOfTheControlConnectionIsGoodForItsOwnAddressAlone) {
  const ConnectionId id = Open();
  ScriptedClient elsewhere = h_.TcpClient("192.0.2.9:50001");
  elsewhere.nonce = alice_.nonce;
  EXPECT_EQ(h_.BindConnection(elsewhere, id), 438);
  data_.nonce = alice_.nonce;
  EXPECT_EQ(h_.BindConnection(data_, id), 0);
}

TEST_F(ConnectionBind, AUserWhoIsGoneBindsHisAllocationsConnectionsStill) {
  const ConnectionId id = Open();
  h_.LogIn(data_);
  h_.config.users.erase(h_.config.users.begin());
  h_.Reload();
  EXPECT_EQ(h_.BindConnection(data_, id), 0);
}

TEST_F(ConnectionBind, Rfc6062_5_2_WithoutItAConnectionIsClosedAfter30Seconds) {
  const ConnectionId id = Open();
  h_.Advance(30s - 1ns);
  EXPECT_EQ(h_.relay().connection_count(), 1u);
  h_.Advance(1ns);
  EXPECT_EQ(h_.closed_peers, std::vector{id});
  EXPECT_EQ(h_.BindConnection(data_, id), 400);
  EXPECT_EQ(h_.relay().counters().peers_unbound, 1u);
}

TEST_F(ConnectionBind, EndsWithItsAllocation) {
  const ConnectionId id = Open(), waiting = Open("198.51.100.7:81");
  ASSERT_EQ(h_.BindConnection(data_, id), 0);
  ASSERT_EQ(h_.Connect(alice_, "198.51.100.7:82"), -1);
  const ConnectionId opening = h_.connects.at(0).connection;
  ASSERT_EQ(h_.Refresh(alice_, 0), 0);
  EXPECT_EQ(h_.closed_peers, (std::vector{id, waiting, opening}));
  EXPECT_EQ(h_.relay().connection_count(), 0u);
}

TEST_F(ConnectionBind, EndsWithItsControlConnectionAndWithTheLifetime) {
  const ConnectionId id = Open();
  ASSERT_EQ(h_.BindConnection(data_, id), 0);
  h_.Disconnect(alice_);
  EXPECT_EQ(h_.closed_peers, std::vector{id});
  ScriptedClient again = h_.TcpClient("192.0.2.1:50004");
  std::swap(alice_, again);
  const ConnectionId next = Open();
  data_ = h_.TcpClient("192.0.2.1:50005");
  ASSERT_EQ(h_.BindConnection(data_, next), 0);
  h_.Advance(600s);
  EXPECT_EQ(h_.closed_peers, std::vector{next});
}

TEST_F(ConnectionBind, TheEndOfADataConnectionEndsNoAllocation) {
  const ConnectionId id = Open();
  ASSERT_EQ(h_.BindConnection(data_, id), 0);
  h_.Disconnect(data_);
  h_.relay().OnDataConnectionEnded(id);
  EXPECT_EQ(h_.relay().allocation_count(), 1u);
  EXPECT_EQ(h_.relay().connection_count(), 0u);
  EXPECT_EQ(h_.Refresh(alice_), 0);
}

TEST_F(ConnectionBind, AnIdOfAnotherWorkerMovesTheConnectionThere) {
  h_.place = {1, 4};
  const ConnectionId id = Open();
  EXPECT_EQ(static_cast<uint32_t>(id) & 3, 1u);
  const Packet request = data_.Request(stun::Method::kConnectionBind,
                                       [](auto& b) { b.Add(turn::ConnectionId{(123 << 2) | 2}); });
  h_.Send(data_, request);
  EXPECT_EQ(h_.Code(), -1);
  ASSERT_EQ(h_.moved.size(), 1u);
  EXPECT_EQ(h_.moved[0].worker, 2u);
  EXPECT_EQ(h_.moved[0].five_tuple, data_.five_tuple);
  EXPECT_EQ(ToHex(h_.actions.BytesOf(h_.moved[0])), ToHex(request));
  EXPECT_EQ(h_.BindConnection(data_, id), 0) << "its own it answers itself";
}

TEST_F(ConnectionBind, NeitherAControlConnectionNorAnIdOfNoWorkerMoves) {
  h_.place = {1, 3};
  Open();
  EXPECT_EQ(h_.BindConnection(alice_, ConnectionId{(123 << 2) | 2}), 400);
  EXPECT_EQ(h_.BindConnection(data_, ConnectionId{(123 << 2) | 3}), 400);
  EXPECT_TRUE(h_.moved.empty());
}

}  // namespace
}  // namespace koeru::relay::testing
