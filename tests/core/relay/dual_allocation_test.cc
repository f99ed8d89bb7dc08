// Dual allocations: RFC 8656 sections 7.2 (step 9), 8.1 and 8.2: an IPv4 and an IPv6 relayed
// address on one 5-tuple.

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/turn/attributes/address_error_code.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr auto kV4 = stun::AddressFamily::kIpv4;
constexpr auto kV6 = stun::AddressFamily::kIpv6;
constexpr std::string_view kPeerV4 = "198.51.100.7:9";
constexpr std::string_view kPeerV6 = "[2001:db8::7]:9";

int AllocateBoth(RelayHarness& h, ScriptedClient& client, const Attributes& more = nullptr) {
  return h.Allocate(client, [&](stun::MessageBuilder& b) {
    b.Add(turn::AdditionalAddressFamily{});
    if (more) more(b);
  });
}

int RefreshOf(RelayHarness& h, ScriptedClient& client, stun::AddressFamily family,
              std::optional<uint32_t> seconds = std::nullopt) {
  return h.Ask(client, stun::Method::kRefresh, [&](stun::MessageBuilder& b) {
    b.Add(turn::RequestedAddressFamily{family});
    if (seconds) b.Add(turn::Lifetime{*seconds});
  });
}

std::vector<net::Endpoint> RelayedAddresses(const Packet& reply) {
  std::vector<net::Endpoint> relayed;
  const auto message = stun::MessageView::Parse(reply);
  for (const stun::RawAttribute& attribute : message->attributes()) {
    if (attribute.type != turn::XorRelayedAddress::kType) continue;
    relayed.push_back(
        turn::XorRelayedAddress::Decode(attribute.value, message->transaction_id())->endpoint);
  }
  return relayed;
}

TEST(DualAllocation, Rfc8656_7_2_GivesTwoRelayedAddressesInOneAnswer) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  const auto relayed = RelayedAddresses(*h.reply);
  ASSERT_EQ(relayed.size(), 2u);
  EXPECT_EQ(relayed[0], h.opened[0].local);
  EXPECT_EQ(relayed[1], h.opened[1].local);
  EXPECT_EQ(relayed[0].address, At("5.5.5.1"));
  EXPECT_EQ(relayed[1].address, At("2600::1"));
  EXPECT_FALSE(h.ReplyHas(stun::attribute_type::kAddressErrorCode));
  EXPECT_EQ(h.relay().allocation_count(), 2u);
  EXPECT_EQ(h.quota.used["alice"], 2u) << "each relayed address counts";
  EXPECT_EQ(h.live.endpoints.size(), 2u);
  EXPECT_EQ(h.events.created.size(), 2u);
}

TEST(DualAllocation, CoturnsClientsAskWithTheNumberOfADraft) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  const std::array<uint8_t, 4> ipv6{2};
  ASSERT_EQ(h.Allocate(alice, [&](stun::MessageBuilder& b) { b.AddRaw(0x8032, ipv6); }), 0);
  EXPECT_EQ(RelayedAddresses(*h.reply).size(), 2u);
  EXPECT_EQ(RefreshOf(h, alice, kV6), 0);

  ScriptedClient bob = h.Client("192.0.2.2:50000");
  EXPECT_EQ(h.Allocate(bob, [&](auto& b) { b.AddRaw(0x8032, Bytes(ipv6).first(3)); }), 400);
  const std::array<uint8_t, 4> ipv4{1};
  EXPECT_EQ(h.Allocate(bob, [&](auto& b) { b.AddRaw(0x8032, ipv4); }), 400);
}

TEST(DualAllocation, Rfc8656_7_2_AnswersOnceBothSocketsAreOpen) {
  RelayHarness h;
  h.sockets_open = false;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const Packet request =
      alice.Request(stun::Method::kAllocate,
                    RelayHarness::Udp([](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }));
  h.Send(alice, request);
  ASSERT_EQ(h.opened.size(), 2u);
  h.actions.Clear();
  h.relay().OnRelaySocketOpened(h.opened[1].allocation, h.now, h.actions);
  EXPECT_TRUE(h.actions.empty());
  EXPECT_EQ(h.Refresh(alice), 437) << "a pending allocation is none yet";
  h.Send(alice, request);
  EXPECT_EQ(h.Code(), -1);
  EXPECT_EQ(h.relay().counters().repeated, 1u);
  h.actions.Clear();
  h.relay().OnRelaySocketOpened(h.opened[0].allocation, h.now, h.actions);
  ASSERT_EQ(h.actions.size(), 1u);
  const Bytes bytes = h.actions.BytesOf(std::get<SendToClient>(h.actions[0]));
  EXPECT_EQ(RelayedAddresses({bytes.begin(), bytes.end()}).size(), 2u);
}

TEST(DualAllocation, Rfc8656_7_2_AnswersARetransmissionWithTheSameBytes) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  const Packet request =
      alice.Request(stun::Method::kAllocate,
                    RelayHarness::Udp([](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }));
  h.Send(alice, request);
  const Packet first = *h.reply;
  h.Send(alice, request);
  EXPECT_EQ(*h.reply, first);
  EXPECT_EQ(h.opened.size(), 2u);
  EXPECT_EQ(h.quota.total(), 2u);
}

TEST(DualAllocation, Rfc8656_7_2_SaysWhyAFamilyIsNotThere) {
  for (const bool has_v4 : {true, false}) {
    RelayHarness h;
    h.config.relay_addresses.erase(h.config.relay_addresses.begin() + (has_v4 ? 1 : 0));
    ScriptedClient alice = h.Client("192.0.2.1:50000");
    ASSERT_EQ(AllocateBoth(h, alice), 0);
    const auto relayed = RelayedAddresses(*h.reply);
    ASSERT_EQ(relayed.size(), 1u);
    EXPECT_EQ(relayed[0].address.is_v4(), has_v4);
    EXPECT_EQ(h.Get<turn::AddressErrorCode>()->family, has_v4 ? kV6 : kV4);
    EXPECT_EQ(h.Get<turn::AddressErrorCode>()->code, 440);
    EXPECT_EQ(h.relay().allocation_count(), 1u);
    EXPECT_EQ(h.quota.total(), 1u);
  }
}

TEST(DualAllocation, Rfc8656_7_2_WithoutRelayAddressesIs440) {
  RelayHarness h;
  h.config.relay_addresses.clear();
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(AllocateBoth(h, alice), 440);
}

TEST(DualAllocation, Rfc8656_7_2_OfWhichTheQuotaAllowsOneSays508) {
  RelayHarness h;
  h.quota.per_user = 1;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  EXPECT_EQ(h.Get<turn::AddressErrorCode>()->family, kV6);
  EXPECT_EQ(h.Get<turn::AddressErrorCode>()->code, 508);
  EXPECT_EQ(h.quota.total(), 1u);
  ScriptedClient again = h.Client("192.0.2.1:50001");
  EXPECT_EQ(AllocateBoth(h, again), 486) << "neither is possible";
}

TEST(DualAllocation, CountsTwiceTowardsTheBoundOfAWorker) {
  RelayHarness h;
  h.config.max_allocations = 3;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  ScriptedClient second = h.Client("192.0.2.1:50001");
  ASSERT_EQ(AllocateBoth(h, second), 0);
  EXPECT_EQ(h.Get<turn::AddressErrorCode>()->code, 508);
  ScriptedClient third = h.Client("192.0.2.1:50002");
  EXPECT_EQ(AllocateBoth(h, third), 508);
  EXPECT_EQ(h.relay().allocation_count(), 3u);
  EXPECT_EQ(h.quota.total(), 3u);
}

TEST(DualAllocation, Rfc8656_7_2_OfWhichOneSocketFailsGivesTheOther) {
  for (const size_t failing : {0u, 1u}) {
    for (const bool fails_first : {true, false}) {
      RelayHarness h;
      h.sockets_open = false;
      ScriptedClient alice = h.Client("192.0.2.1:50000");
      AllocateBoth(h, alice);
      ASSERT_EQ(h.opened.size(), 2u);
      const AllocationHandle good = h.opened[1 - failing].allocation;
      const AllocationHandle bad = h.opened[failing].allocation;
      h.actions.Clear();
      if (!fails_first) h.relay().OnRelaySocketOpened(good, h.now, h.actions);
      for (int i = 0; i < 9; ++i) h.relay().OnRelaySocketFailed(bad, h.now, h.actions);
      if (fails_first) h.relay().OnRelaySocketOpened(good, h.now, h.actions);
      const auto* answer = std::get_if<SendToClient>(&h.actions[h.actions.size() - 1]);
      ASSERT_NE(answer, nullptr);
      const Bytes bytes = h.actions.BytesOf(*answer);
      const Packet reply(bytes.begin(), bytes.end());
      const auto relayed = RelayedAddresses(reply);
      ASSERT_EQ(relayed.size(), 1u);
      EXPECT_EQ(relayed[0].address.is_v6(), failing == 0);
      const auto error = stun::MessageView::Parse(reply)->Get<turn::AddressErrorCode>();
      EXPECT_EQ((*error)->family, failing == 0 ? kV4 : kV6);
      EXPECT_EQ((*error)->code, 508);
      EXPECT_EQ(h.quota.total(), 1u);
      EXPECT_EQ(h.Refresh(alice), 0) << "the 5-tuple leads to the one that is left";
    }
  }
}

TEST(DualAllocation, Rfc8656_7_2_WithoutAnySocketIs508) {
  RelayHarness h;
  h.sockets_fail = 100;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(AllocateBoth(h, alice), 508);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
}

TEST(DualAllocation, Rfc8656_7_2_TakesEvenPortsForBothFamilies) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice, [](auto& b) { b.Add(turn::EvenPort{false}); }), 0);
  for (const net::Endpoint& relayed : RelayedAddresses(*h.reply)) EXPECT_EQ(relayed.port % 2, 0);
}

TEST(DualAllocation, Rfc8656_11_RelaysEachFamilyThroughItsOwnSocket) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  const AllocationHandle v4 = h.opened[0].allocation, v6 = h.opened[1].allocation;
  EXPECT_EQ(h.RouteSend(alice, kPeerV6, "hi").drop, Drop::kNoPermission);
  ASSERT_EQ(h.Ask(alice, stun::Method::kCreatePermission,
                  [](auto& b) {
                    b.Add(turn::XorPeerAddress{Ep(kPeerV6)});
                    b.Add(turn::XorPeerAddress{Ep(kPeerV4)});
                  }),
            0);
  EXPECT_EQ(h.RouteSend(alice, kPeerV4, "hi").allocation, v4);
  EXPECT_EQ(h.RouteSend(alice, kPeerV6, "hi").allocation, v6);
  ASSERT_EQ(h.Bind(alice, 0x4000, kPeerV4), 0);
  ASSERT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0);
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").allocation, v4);
  const RouteToPeer route = h.RouteChannel(alice, 0x4001, "hi");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_EQ(route.allocation, v6);
  EXPECT_EQ(route.peer.endpoint, Ep(kPeerV6));

  const auto back = [&](AllocationHandle from, std::string_view peer) {
    return h.relay().RouteFromPeer(from, {Ep(peer)}, h.now);
  };
  EXPECT_EQ(back(v4, kPeerV4).channel, 0x4000);
  EXPECT_EQ(back(v6, kPeerV6).channel, 0x4001);
  EXPECT_EQ(back(v6, kPeerV6).five_tuple, alice.five_tuple);
  EXPECT_EQ(back(v4, kPeerV6).drop, Drop::kNoPermission);
}

TEST(DualAllocation, Rfc8656_12_2_ANumberMeansOnePeerInBothFamilies) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  ASSERT_EQ(h.Bind(alice, 0x4000, kPeerV4), 0);
  EXPECT_EQ(h.Bind(alice, 0x4000, kPeerV6), 400);
  ASSERT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0);
  EXPECT_EQ(h.Bind(alice, 0x4001, kPeerV4), 400);
  EXPECT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0) << "a refresh of the binding";
}

TEST(DualAllocation, Rfc8656_10_2_InstallsAllPermissionsOrNone) {
  RelayHarness h;
  h.config.max_permissions_per_allocation = 1;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  EXPECT_EQ(h.Ask(alice, stun::Method::kCreatePermission,
                  [](auto& b) {
                    b.Add(turn::XorPeerAddress{Ep(kPeerV4)});
                    b.Add(turn::XorPeerAddress{Ep(kPeerV6)});
                    b.Add(turn::XorPeerAddress{Ep("[2001:db8::8]:9")});
                  }),
            508);
  EXPECT_EQ(h.RouteSend(alice, kPeerV4, "hi").drop, Drop::kNoPermission);
}

TEST(DualAllocation, Rfc8656_8_1_RefreshWithoutAFamilyIsForBoth) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  h.Advance(500s);
  ASSERT_EQ(h.Refresh(alice), 0);
  h.Advance(599s);
  EXPECT_EQ(h.relay().allocation_count(), 2u);
  h.Advance(1s);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
  EXPECT_TRUE(h.live.endpoints.empty());
}

TEST(DualAllocation, Rfc8656_8_1_RefreshWithAFamilyIsForThatOne) {
  for (const auto kept : {kV4, kV6}) {
    RelayHarness h;
    h.config.nonce_lifetime = 0s;
    ScriptedClient alice = h.Client("192.0.2.1:50000");
    ASSERT_EQ(AllocateBoth(h, alice), 0);
    ASSERT_EQ(h.Bind(alice, 0x4000, kPeerV4), 0);
    ASSERT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0);
    h.Advance(299s);
    ASSERT_EQ(RefreshOf(h, alice, kept), 0);
    ASSERT_EQ(h.Bind(alice, 0x4000, kPeerV4), 0);
    ASSERT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0);
    h.now = h.now + 301s;  // the other one is over; its timer is late
    EXPECT_NE(h.RouteChannel(alice, 0x4000, "x").drop, Drop::kNone)
        << "permissions end after 300 s";
    h.wall.seconds += 301;
    ASSERT_EQ(h.Permit(alice, kept == kV4 ? kPeerV4 : kPeerV6), 0);
    EXPECT_EQ(h.Permit(alice, kept == kV4 ? kPeerV6 : kPeerV4), 443);
    EXPECT_EQ(RefreshOf(h, alice, kept == kV4 ? kV6 : kV4), 443);
    EXPECT_EQ(h.RouteChannel(alice, kept == kV4 ? 0x4000 : 0x4001, "x").drop, Drop::kNone);
    EXPECT_EQ(h.RouteChannel(alice, kept == kV4 ? 0x4001 : 0x4000, "x").drop, Drop::kNoChannel);
    h.Advance(0s);
    EXPECT_EQ(h.relay().allocation_count(), 1u);
    EXPECT_EQ(h.RouteChannel(alice, kept == kV4 ? 0x4000 : 0x4001, "x").drop, Drop::kNone);
  }
}

// "Deleting a single allocation ... MUST NOT affect any permissions or channels associated with
// allocations for the other address family."
TEST(DualAllocation, Rfc8656_8_1_GivesOneFamilyBackAndKeepsTheOther) {
  for (const auto given_back : {kV4, kV6}) {
    RelayHarness h;
    ScriptedClient alice = h.Client("192.0.2.1:50000");
    ASSERT_EQ(AllocateBoth(h, alice), 0);
    ASSERT_EQ(h.Bind(alice, 0x4000, kPeerV4), 0);
    ASSERT_EQ(h.Bind(alice, 0x4001, kPeerV6), 0);
    const size_t gone = given_back == kV4 ? 0 : 1;
    ASSERT_EQ(RefreshOf(h, alice, given_back, 0), 0);
    EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 0u);
    EXPECT_EQ(h.closed, std::vector<AllocationHandle>{h.opened[gone].allocation});
    EXPECT_EQ(h.RouteChannel(alice, gone == 0 ? 0x4000 : 0x4001, "x").drop, Drop::kNoChannel);
    const RouteToPeer route = h.RouteChannel(alice, gone == 0 ? 0x4001 : 0x4000, "x");
    EXPECT_EQ(route.drop, Drop::kNone);
    EXPECT_EQ(route.allocation, h.opened[1 - gone].allocation);
    EXPECT_EQ(RefreshOf(h, alice, given_back, 0), 443) << "it is there no more";
    EXPECT_EQ(h.Allocate(alice), 437) << "the 5-tuple is still in use";
    ASSERT_EQ(h.Refresh(alice, 0), 0);
    EXPECT_EQ(h.relay().allocation_count(), 0u);
    EXPECT_EQ(h.quota.total(), 0u);
    EXPECT_EQ(h.Allocate(alice), 0);
  }
}

TEST(DualAllocation, Rfc8656_8_2_GivesBothBackAtOnce) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  ASSERT_EQ(h.Refresh(alice, 0), 0);
  EXPECT_EQ(h.closed.size(), 2u);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.events.ended.size(), 2u);
  EXPECT_EQ(h.Refresh(alice, 0), 437);
}

TEST(DualAllocation, MakesNewOnesTheInstantThatTheOldOnesEnd) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.config.nonce_lifetime = 0s;
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  h.now = h.now + 600s;  // the timers are late
  ASSERT_EQ(AllocateBoth(h, alice), 0);
  EXPECT_EQ(h.closed.size(), 2u);
  EXPECT_EQ(h.relay().allocation_count(), 2u);
  EXPECT_EQ(h.quota.total(), 2u);
}

}  // namespace
}  // namespace koeru::relay::testing
