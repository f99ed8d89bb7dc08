// Allocations that relay TCP (RFC 6062), at random: whatever clients, peers and the edge do, what
// is open at the edge is what the relay counts, and no connection is joined twice or outlives its
// allocation.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class TcpWalk {
 public:
  explicit TcpWalk(uint64_t seed) : random_(seed) {
    h_.config.nonce_lifetime = 0s;
    h_.config.max_connections_per_allocation = 4;
    h_.config.max_connecting_per_allocation = 2;
    h_.config.max_connections = 9;
    for (int i = 0; i < 5; ++i) {
      clients_.push_back(h_.TcpClient("192.0.2.1:5000" + std::to_string(i),
                                      i == 0 ? "bob" : "alice", i == 0 ? "hidden" : "secret"));
      h_.LogIn(clients_.back());
    }
  }

  void Step() {
    ScriptedClient& client = clients_[Pick(clients_.size())];
    switch (Pick(9)) {
      case 0:
        h_.AllocateTcp(client, [&](stun::MessageBuilder& b) {
          if (Pick(3) == 0) b.Add(turn::RequestedAddressFamily{stun::AddressFamily::kIpv6});
        });
        break;
      case 1:
        h_.Ask(client, stun::Method::kRefresh, [&](stun::MessageBuilder& b) {
          if (Pick(5) == 0) b.Add(turn::Lifetime{0});
        });
        break;
      case 2:
      case 3:
        h_.Connect(client, AnyPeer());
        break;
      case 4:
        Open();
        break;
      case 5:
        Accept(client);
        break;
      case 6:
      case 7:
        Join();
        break;
      case 8:
        Leave(client);
        break;
    }
    Take();
    CheckAccounts();
  }

  uint64_t joined() const { return joined_; }

 private:
  enum class State { kOpening, kUnbound, kJoined };

  size_t Pick(size_t bound) { return random_() % bound; }
  std::string_view AnyPeer() {
    static constexpr std::string_view kPeers[] = {"198.51.100.7:9", "198.51.100.8:9",
                                                  "198.51.100.7:10", "[2001:db8::7]:9"};
    return kPeers[Pick(4)];
  }
  std::optional<ConnectionId> AnyIn(State state) {
    std::vector<ConnectionId> fitting;
    for (const auto& [id, known] : edge_) {
      if (known == state) fitting.push_back(id);
    }
    if (fitting.empty()) return std::nullopt;
    return fitting[Pick(fitting.size())];
  }

  // The edge says what became of an attempt.
  void Open() {
    const auto id = AnyIn(State::kOpening);
    if (!id) return;
    if (Pick(3) == 0) {
      edge_.erase(*id);
      h_.ConnectFailed(*id);
    } else {
      edge_[*id] = State::kUnbound;
      h_.Connected(*id);
    }
  }

  void Accept(ScriptedClient& client) {
    const std::string_view peer = AnyPeer();
    if (Pick(2) == 0) h_.Permit(client, peer);
    if (h_.opened.empty()) return;
    Take();
    if (const auto id = h_.Accept(peer)) {
      ASSERT_TRUE(edge_.try_emplace(*id, State::kUnbound).second) << "the id is in use";
    }
  }

  // From a connection of its own, sometimes in another user's name.
  void Join() {
    const auto id = AnyIn(Pick(4) == 0 ? State::kOpening : State::kUnbound);
    if (!id) return;
    const bool is_bob = Pick(4) == 0;
    ScriptedClient data = h_.TcpClient("192.0.2.1:" + std::to_string(next_port_++),
                                       is_bob ? "bob" : "alice", is_bob ? "hidden" : "secret");
    h_.LogIn(data);
    h_.BindConnection(data, *id);
  }

  void Leave(ScriptedClient& client) {
    switch (Pick(4)) {
      case 0:
        h_.Disconnect(client);
        break;
      case 1:
        PassTime(std::chrono::seconds(Pick(40)));
        break;
      case 2:
        if (const auto id = AnyIn(State::kJoined)) {
          edge_.erase(*id);
          h_.relay().OnDataConnectionEnded(*id);
        }
        break;
      case 3:
        if (Pick(4) == 0) PassTime(600s);
        break;
    }
  }

  // One timer after the other, so that nothing that they ask for is overlooked.
  void PassTime(net::Duration by) {
    const net::Instant end = h_.now + by;
    while (h_.relay().NextDeadline() <= end) {
      h_.Advance(std::max(h_.relay().NextDeadline() - h_.now, net::Duration(0)));
      Take();
    }
    h_.Advance(end - h_.now);
  }

  // What the last call asked of the edge.
  void Take() {
    for (const ConnectPeer& connect : h_.connects) {
      ASSERT_TRUE(edge_.try_emplace(connect.connection, State::kOpening).second);
    }
    for (const relay::BindConnection& bind : h_.bound) {
      const auto known = edge_.find(bind.connection);
      ASSERT_TRUE(known != edge_.end() && known->second == State::kUnbound) << "joined twice";
      known->second = State::kJoined;
      ++joined_;
    }
    for (const ConnectionId closed : h_.closed_peers) {
      ASSERT_EQ(edge_.erase(closed), 1u) << "closes what is open, once";
    }
    h_.connects.clear();
    h_.bound.clear();
    h_.closed_peers.clear();
  }

  void CheckAccounts() {
    Relay& relay = h_.relay();
    ASSERT_TRUE(relay.IsConsistent());
    ASSERT_EQ(relay.connection_count(), edge_.size());
    ASSERT_LE(edge_.size(), h_.config.max_connections);
    ASSERT_LE(edge_.size(), relay.allocation_count() * h_.config.max_connections_per_allocation);
    ASSERT_EQ(h_.live_tcp.endpoints.size(), relay.allocation_count());
    ASSERT_TRUE(h_.live.endpoints.empty());
    ASSERT_TRUE(h_.moved.empty());
  }

  RelayHarness h_;
  std::mt19937_64 random_;
  std::vector<ScriptedClient> clients_;
  std::map<ConnectionId, State> edge_;
  int next_port_ = 51000;
  uint64_t joined_ = 0;
};

TEST(TcpRandomWalk, KeepsItsAccountsOfConnections) {
  uint64_t joined = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    TcpWalk walk(seed);
    for (int i = 0; i < 400 && !::testing::Test::HasFailure(); ++i) walk.Step();
    joined += walk.joined();
  }
  EXPECT_GE(joined, 20u) << "the walk gets nowhere";
}

}  // namespace
}  // namespace koeru::relay::testing
