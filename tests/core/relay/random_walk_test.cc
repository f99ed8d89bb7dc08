// Dual allocations and mobility together, at random: whatever clients do, sockets, live addresses
// and quota fit the allocations, and every answer goes to who asked.

#include <gtest/gtest.h>

#include <random>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed) {
    h_.config.mobility = true;
    h_.config.nonce_lifetime = 0s;
    h_.config.max_allocations = 9;
    h_.quota.per_user = 7;
    for (int i = 0; i < 6; ++i) {
      clients_.push_back(h_.Client("192.0.2.1:5000" + std::to_string(i), i == 0 ? "bob" : "alice",
                                   i == 0 ? "hidden" : "secret"));
      h_.LogIn(clients_.back());
    }
  }

  void Step() {
    ScriptedClient& client = clients_[Pick(clients_.size())];
    switch (Pick(8)) {
      case 0:
      case 1:
        h_.sockets_fail = Pick(4) == 0 ? static_cast<int>(Pick(20)) : 0;
        h_.Allocate(client, [&](stun::MessageBuilder& b) {
          if (Pick(2) == 0) b.Add(turn::AdditionalAddressFamily{});
          if (Pick(2) == 0) b.Add(stun::MobilityTicket{});
          if (Pick(5) == 0) b.Add(turn::EvenPort{Pick(2) == 0});
        });
        break;
      case 2:
      case 3:
        h_.Ask(client, stun::Method::kRefresh, [&](stun::MessageBuilder& b) {
          if (Pick(3) == 0) b.Add(turn::RequestedAddressFamily{AnyFamily()});
          if (Pick(5) == 0) b.Add(turn::Lifetime{0});
          if (!tickets_.empty() && Pick(4) != 0) {
            b.Add(stun::MobilityTicket{tickets_[Pick(tickets_.size())]});
          }
        });
        break;
      case 4:
        h_.Permit(client, AnyPeer());
        break;
      case 5:
        h_.Bind(client, static_cast<uint16_t>(0x4000 + Pick(3)), AnyPeer());
        break;
      case 6: {
        const RouteToPeer route =
            Pick(2) == 0 ? h_.RouteSend(client, AnyPeer(), "x")
                         : h_.RouteChannel(client, static_cast<uint16_t>(0x4000 + Pick(3)), "x");
        if (route.drop == Drop::kNone) CheckRoute(client, route);
        break;
      }
      case 7:
        if (Pick(2) == 0) h_.Advance(std::chrono::seconds(Pick(400)));
        if (Pick(4) == 0) h_.now = h_.now + 300s;  // the timers are late
        break;
    }
    KeepTicket();
    CheckAccounts();
  }

  uint64_t moves() { return h_.relay().counters().moves; }

 private:
  size_t Pick(size_t bound) { return random_() % bound; }
  std::string_view AnyPeer() {
    static constexpr std::string_view kPeers[] = {"198.51.100.7:9", "198.51.100.8:9",
                                                  "[2001:db8::7]:9", "[2001:db8::8]:9"};
    return kPeers[Pick(4)];
  }
  stun::AddressFamily AnyFamily() {
    return Pick(2) == 0 ? stun::AddressFamily::kIpv4 : stun::AddressFamily::kIpv6;
  }
  void KeepTicket() {
    if (!h_.reply || !h_.ReplyHas(stun::attribute_type::kMobilityTicket)) return;
    const Bytes ticket = h_.Get<stun::MobilityTicket>()->ticket;
    tickets_.insert(tickets_.begin(), Packet(ticket.begin(), ticket.end()));
    if (tickets_.size() > 4) tickets_.pop_back();
  }

  // A peer's answer comes back to the client who sent, through the same socket.
  void CheckRoute(const ScriptedClient& client, const RouteToPeer& route) {
    const RouteToClient back = h_.relay().RouteFromPeer(route.allocation, route.peer, h_.now);
    ASSERT_EQ(back.drop, Drop::kNone);
    ASSERT_EQ(back.five_tuple, client.five_tuple);
    for (const OpenRelaySocket& open : h_.opened) {
      if (open.allocation != route.allocation) continue;
      ASSERT_EQ(open.local.address.family(), route.peer.endpoint.address.family());
    }
  }

  void CheckAccounts() {
    Relay& relay = h_.relay();
    ASSERT_TRUE(relay.IsConsistent());
    ASSERT_EQ(h_.live.endpoints.size(), relay.allocation_count());
    ASSERT_LE(relay.allocation_count(), h_.config.max_allocations);
    ASSERT_GE(h_.quota.total(), relay.allocation_count()) << "reservations count, too";
    for (const auto& [name, used] : h_.quota.used) ASSERT_LE(used, h_.quota.per_user);
    const RelayCounters& counters = relay.counters();
    ASSERT_EQ(counters.allocations_created,
              relay.allocation_count() + counters.Ended(EndReason::kExpired) +
                  counters.Ended(EndReason::kRefreshedToZero));
  }

  RelayHarness h_;
  std::mt19937_64 random_;
  std::vector<ScriptedClient> clients_;
  std::vector<Packet> tickets_;
};

TEST(RandomWalk, KeepsItsAccountsWithDualAllocationsAndMobility) {
  uint64_t moves = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    for (int i = 0; i < 300 && !::testing::Test::HasFailure(); ++i) walk.Step();
    moves += walk.moves();
  }
  EXPECT_GE(moves, 10u) << "the walk gets nowhere";
}

}  // namespace
}  // namespace koeru::relay::testing
