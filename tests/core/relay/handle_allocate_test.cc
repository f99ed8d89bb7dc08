#include <gtest/gtest.h>

#include <set>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

namespace attribute_type = stun::attribute_type;

TEST(Allocate, AnswersTheFirstRequestWithRealmAndNonce) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Ask(alice, stun::Method::kAllocate, RelayHarness::Udp()), 401);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org");
  EXPECT_TRUE(h.ReplyHas(attribute_type::kNonce));
  EXPECT_FALSE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_TRUE(h.events.refused.empty()) << "every client's first request is no event";
}

TEST(Allocate, GivesARelayedAddressAndTellsTheClientItsOwn) {
  RelayHarness h;
  h.config.software = "Koeru";
  h.config.relay_addresses = {{At("10.0.0.5"), At("5.5.5.1")}};
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  alice.fingerprint = true;
  ASSERT_EQ(h.Allocate(alice), 0);

  ASSERT_EQ(h.opened.size(), 1u);
  EXPECT_EQ(h.opened[0].local.address, At("10.0.0.5"));
  const auto relayed = h.Get<turn::XorRelayedAddress>();
  EXPECT_EQ(relayed->endpoint.address, At("5.5.5.1"));
  EXPECT_EQ(relayed->endpoint.port, h.opened[0].local.port);
  EXPECT_GE(relayed->endpoint.port, 49152);
  EXPECT_EQ(h.Get<stun::XorMappedAddress>()->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 600u);
  EXPECT_TRUE(h.ReplyHas(attribute_type::kSoftware));

  const auto message = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegrity(*message, alice.Key().bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_EQ(stun::CheckFingerprint(*message), stun::FingerprintVerdict::kValid);
  EXPECT_EQ(h.events.created, std::vector<std::string>{"alice"});
}

TEST(Allocate, WaitsForTheRelaySocketAndDropsRetransmissionsMeanwhile) {
  RelayHarness h;
  h.sockets_open = false;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const Packet request = alice.Request(stun::Method::kAllocate, RelayHarness::Udp());
  h.Send(alice, request);
  EXPECT_EQ(h.Code(), -1);
  h.Send(alice, request);
  EXPECT_EQ(h.Code(), -1);
  EXPECT_EQ(h.opened.size(), 1u);
  EXPECT_EQ(h.relay().counters().repeated, 1u);
  EXPECT_EQ(h.Refresh(alice), 437) << "a pending allocation is none yet";
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "x").drop, Drop::kNoAllocation);

  h.actions.Clear();
  h.relay().OnRelaySocketOpened(h.opened[0].allocation, h.now, h.actions);
  ASSERT_EQ(h.actions.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<SendToClient>(h.actions[0]));
}

TEST(Allocate, AnswersARetransmissionWithTheSameBytes) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const Packet request = alice.Request(stun::Method::kAllocate, RelayHarness::Udp());
  h.Send(alice, request);
  const Packet first = *h.reply;
  h.Advance(500ms);
  h.Send(alice, request);
  EXPECT_EQ(*h.reply, first);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
  EXPECT_EQ(h.opened.size(), 1u);
  EXPECT_EQ(h.quota.total(), 1u);
}

TEST(Allocate, RefusesASecondOneOnTheSame5Tuple) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.Allocate(alice), 437);
  ScriptedClient bob = h.Client("192.0.2.1:50000", "bob", "hidden");
  EXPECT_EQ(h.Allocate(bob), 437);
}

TEST(Allocate, MakesANewOneTheInstantThatTheOldOneEnds) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  h.now = h.now + 600s;  // the timer is late
  EXPECT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.closed.size(), 1u);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

// RFC 8656 section 7.2 step 3.
TEST(Allocate, NeedsRequestedTransport) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  EXPECT_EQ(h.Ask(alice, stun::Method::kAllocate), 400);
  EXPECT_EQ(
      h.Ask(alice, stun::Method::kAllocate, [](auto& b) { b.Add(turn::RequestedTransport{33}); }),
      442);
  EXPECT_EQ(h.Ask(alice, stun::Method::kAllocate,
                  [](auto& b) {
                    b.AddRaw(attribute_type::kRequestedTransport, std::array<uint8_t, 1>{17});
                  }),
            400);
}

// Step 4.
TEST(Allocate, TakesDontFragmentOrNamesItUnknown) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice, [](auto& b) { b.Add(turn::DontFragment{}); }), 0);

  RelayHarness without;
  without.config.dont_fragment = false;
  alice = without.Client("192.0.2.1:50000");
  EXPECT_EQ(without.Allocate(alice, [](auto& b) { b.Add(turn::DontFragment{}); }), 420);
  const auto unknown = without.Get<stun::UnknownAttributes>();
  ASSERT_EQ(unknown->size(), 1u);
  EXPECT_EQ((*unknown)[0], attribute_type::kDontFragment);
}

// Step 7.
TEST(Allocate, GivesTheRequestedFamilyOr440) {
  RelayHarness h;
  h.config.relay_addresses.erase(h.config.relay_addresses.begin());  // IPv6 alone
  const auto family = [](stun::AddressFamily value) {
    return [value](stun::MessageBuilder& b) { b.Add(turn::RequestedAddressFamily{value}); };
  };
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), 440) << "IPv4 is meant when nothing is said";
  EXPECT_EQ(h.Allocate(alice, family(stun::AddressFamily::kIpv4)), 440);
  EXPECT_EQ(h.Allocate(alice, family(static_cast<stun::AddressFamily>(9))), 440);
  ASSERT_EQ(h.Allocate(alice, family(stun::AddressFamily::kIpv6)), 0);
  EXPECT_EQ(h.Get<turn::XorRelayedAddress>()->endpoint.address, At("2600::1"));
}

TEST(Allocate, PrefersTheRelayAddressThatTheClientTalksTo) {
  RelayHarness h;
  h.config.relay_addresses.insert(h.config.relay_addresses.begin(), {At("5.5.5.9"), At("5.5.5.9")});
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.opened[0].local.address, At("5.5.5.1"));
}

// Steps 5, 6, 8 and 9.
TEST(Allocate, RefusesAttributesThatExcludeEachOther) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  const turn::RequestedAddressFamily v4{stun::AddressFamily::kIpv4};
  const turn::AdditionalAddressFamily v6{stun::AddressFamily::kIpv6};
  EXPECT_EQ(h.Allocate(alice, [&](auto& b) { b.Add(turn::ReservationToken{}), b.Add(v4); }), 400);
  EXPECT_EQ(h.Allocate(alice, [&](auto& b) { b.Add(turn::ReservationToken{}), b.Add(v6); }), 400);
  EXPECT_EQ(
      h.Allocate(alice, [&](auto& b) { b.Add(turn::ReservationToken{}), b.Add(turn::EvenPort{}); }),
      400);
  EXPECT_EQ(h.Allocate(alice, [&](auto& b) { b.Add(v4), b.Add(v6); }), 400);
  EXPECT_EQ(h.Allocate(alice, [&](auto& b) { b.Add(turn::EvenPort{true}), b.Add(v6); }), 400);
  EXPECT_EQ(h.Allocate(
                alice,
                [&](auto& b) { b.Add(turn::AdditionalAddressFamily{stun::AddressFamily::kIpv4}); }),
            400);
  EXPECT_EQ(h.Allocate(alice,
                       [&](auto& b) {
                         b.Add(turn::AdditionalAddressFamily{static_cast<stun::AddressFamily>(9)});
                       }),
            400);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
}

// Step 10.
TEST(Allocate, AnswersQuotaReachedAndGivesUnitsBack) {
  RelayHarness h;
  h.quota.per_user = 1;
  ScriptedClient one = h.Client("192.0.2.1:50000");
  ScriptedClient two = h.Client("192.0.2.1:50001");
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(one), 0);
  EXPECT_EQ(h.Allocate(two), 486);
  EXPECT_EQ(h.Allocate(bob), 0) << "another user's";
  ASSERT_EQ(h.Refresh(one, 0), 0);
  EXPECT_EQ(h.Allocate(two), 0);
  h.Advance(600s);
  EXPECT_EQ(h.quota.total(), 0u);
}

TEST(Allocate, BoundsTheAllocationsOfAWorker) {
  RelayHarness h;
  h.config.max_allocations = 2;
  for (int i = 0; i < 3; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:5000" + std::to_string(i));
    EXPECT_EQ(h.Allocate(client), i < 2 ? 0 : 508);
  }
}

TEST(Allocate, GrantsTheLongerOfDefaultAndWishUpToTheMaximum) {
  RelayHarness h;
  const auto lifetime = [](uint32_t s) {
    return [s](stun::MessageBuilder& b) { b.Add(turn::Lifetime{s}); };
  };
  const uint32_t cases[][2] = {{0, 600},     {1, 600},     {600, 600},        {601, 601},
                               {3600, 3600}, {3601, 3600}, {0xFFFFFFFF, 3600}};
  int port = 50000;
  for (const auto& [wish, granted] : cases) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(port++));
    ASSERT_EQ(h.Allocate(client, lifetime(wish)), 0);
    EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, granted) << wish;
  }
}

TEST(Allocate, DeallocatesExactlyWhenItsLifetimeIsOver) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  h.Advance(600s - 1ns);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
  EXPECT_TRUE(h.closed.empty());
  h.Advance(1ns);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.closed.size(), 1u);
  EXPECT_EQ(h.events.ended, std::vector<EndReason>{EndReason::kExpired});
  EXPECT_TRUE(h.live.endpoints.empty());
  EXPECT_EQ(h.relay().NextDeadline(), net::Instant::Max());
}

TEST(Allocate, TakesPortsFromTheRandomSourceWithinTheRange) {
  RelayHarness h;
  h.config.min_port = 50000;
  h.config.max_port = 50999;
  std::set<uint16_t> ports;
  for (int i = 0; i < 300; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    ASSERT_EQ(h.Allocate(client), 0);
    ports.insert(h.opened.back().local.port);
  }
  EXPECT_EQ(ports.size(), 300u) << "no port twice";
  EXPECT_GE(*ports.begin(), 50000);
  EXPECT_LE(*ports.rbegin(), 50999);
  // From random bytes in each third of the range, and in another order for another source.
  EXPECT_GT(std::distance(ports.begin(), ports.lower_bound(50333)), 60);
  EXPECT_GT(std::distance(ports.lower_bound(50666), ports.end()), 60);
  RelayHarness other;
  other.random = SeededRandom(2);
  other.config.min_port = 50000;
  other.config.max_port = 50999;
  ScriptedClient client = other.Client("192.0.2.1:10000");
  ASSERT_EQ(other.Allocate(client), 0);
  EXPECT_NE(other.opened[0].local.port, h.opened[0].local.port);
}

TEST(Allocate, FindsTheLastFreePortAndThenSaysSo) {
  RelayHarness h;
  h.config.min_port = 50000;
  h.config.max_port = 50019;
  for (int i = 0; i < 20; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    ASSERT_EQ(h.Allocate(client), 0) << i;
  }
  ScriptedClient client = h.Client("192.0.2.1:10020");
  EXPECT_EQ(h.Allocate(client), 508);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kNoPort);
}

TEST(Allocate, TriesOtherPortsWhenTheSocketCannotBeOpened) {
  RelayHarness h;
  h.sockets_fail = 3;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.opened.size(), 4u);
  EXPECT_NE(h.opened[0].local.port, h.opened[3].local.port);
  EXPECT_EQ(h.Get<turn::XorRelayedAddress>()->endpoint.port, h.opened[3].local.port);
}

TEST(Allocate, GivesUpAfterSomePortsAndLeavesNothingBehind) {
  RelayHarness h;
  h.sockets_fail = 1000;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), 508);
  EXPECT_TRUE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.opened.size(), 9u);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
  EXPECT_TRUE(h.live.endpoints.empty());
}

TEST(Allocate, ClosesASocketThatComesForNoAllocation) {
  RelayHarness h;
  h.relay().OnRelaySocketOpened({3, 9}, h.now, h.actions);
  ASSERT_EQ(h.actions.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<CloseRelaySocket>(h.actions[0]));
}

TEST(Allocate, WorksWithoutCredentialsWhenAnonymous) {
  RelayHarness h;
  h.config.anonymous = true;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(client), 0);
  EXPECT_FALSE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.Permit(client, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.Refresh(client, 0), 0);
}

// A socket of another worker of this server is known by LiveRelayedAddresses.
TEST(Allocate, AvoidsPortsOfOtherWorkers) {
  RelayHarness h;
  h.config.min_port = 50000;
  h.config.max_port = 50001;
  h.live.Add({At("5.5.5.1"), 50000});
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.opened[0].local.port, 50001);
}

}  // namespace
TEST(Allocate, WhoAsksForNoFamilyGetsTheOneThatTheOperatorChose) {
  for (const auto& [family, over_v4, over_v6] :
       {std::tuple{DefaultFamily::kIpv4, "5.5.5.1", "5.5.5.1"},
        std::tuple{DefaultFamily::kIpv6, "2600::1", "2600::1"},
        std::tuple{DefaultFamily::kOfClient, "5.5.5.1", "2600::1"}}) {
    RelayHarness h;
    h.config.default_family = family;
    ScriptedClient v4 = h.Client("192.0.2.1:50000"), v6 = h.Client("[2001:db8::9]:50000");
    ASSERT_EQ(h.Allocate(v4), 0);
    EXPECT_EQ(h.Get<turn::XorRelayedAddress>()->endpoint.address, At(over_v4));
    ASSERT_EQ(h.Allocate(v6), 0);
    EXPECT_EQ(h.Get<turn::XorRelayedAddress>()->endpoint.address, At(over_v6));
  }
}

}  // namespace koeru::relay::testing
