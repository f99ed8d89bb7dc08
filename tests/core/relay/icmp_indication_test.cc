// ICMP errors that came for what a relay socket had sent: RFC 8656 sections 11.5 and 18.13.

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr turn::Icmp kPortUnreachable{3, 3, 0};
constexpr std::string_view kPeer = "198.51.100.7:9";

using Types = std::vector<uint8_t>;

// Whether the client of the allocation made last hears of it.
bool Tell(RelayHarness& h, std::string_view peer, const turn::Icmp& error) {
  h.actions.Clear();
  h.relay().OnIcmpError(h.opened.back().allocation, {Ep(peer)}, error, h.now, h.actions);
  return h.actions.size() == 1;
}

stun::MessageView Indication(const RelayHarness& h) {
  return *stun::MessageView::Parse(h.actions.BytesOf(std::get<SendToClient>(h.actions[0])));
}

TEST(IcmpIndication, Rfc8656_11_5_NamesThePeerAndTheError) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, kPeer), 0);
  ASSERT_TRUE(Tell(h, kPeer, kPortUnreachable));
  EXPECT_EQ(std::get<SendToClient>(h.actions[0]).five_tuple, alice.five_tuple);
  const stun::MessageView message = Indication(h);
  EXPECT_EQ(message.type(), (stun::MessageType{stun::Method::kData, stun::Class::kIndication}));
  EXPECT_EQ((*message.Get<turn::XorPeerAddress>())->endpoint, Ep(kPeer));
  EXPECT_EQ((*message.Get<turn::Icmp>())->type, 3);
  EXPECT_EQ((*message.Get<turn::Icmp>())->code, 3);
  EXPECT_FALSE(message.Has(stun::attribute_type::kData));
  EXPECT_EQ(h.relay().counters().icmp_indications, 1u);
}

TEST(IcmpIndication, Rfc8656_11_5_NeedsAPermissionForThePeer) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_FALSE(Tell(h, kPeer, kPortUnreachable));
  ASSERT_EQ(h.Permit(alice, kPeer), 0);
  EXPECT_TRUE(Tell(h, kPeer, kPortUnreachable));
  EXPECT_FALSE(Tell(h, "198.51.100.8:9", kPortUnreachable));
  h.Advance(300s);
  EXPECT_FALSE(Tell(h, kPeer, kPortUnreachable));
  h.Advance(300s);
  EXPECT_FALSE(Tell(h, kPeer, kPortUnreachable)) << "the allocation is over";
  EXPECT_EQ(h.relay().counters().icmp_dropped, 4u);
}

TEST(IcmpIndication, Rfc8656_11_5_PassesTheTypesOfEachFamily) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, kPeer), 0);
  for (const uint8_t type : Types{0, 4, 5, 8, 12, 127}) EXPECT_FALSE(Tell(h, kPeer, {type, 0, 0}));
  for (const uint8_t type : Types{3, 11}) EXPECT_TRUE(Tell(h, kPeer, {type, 0, 0}));

  constexpr std::string_view kPeerV6 = "[2001:db8::7]:9";
  ScriptedClient bob = h.Client("192.0.2.1:50001");
  ASSERT_EQ(h.Allocate(bob,
                       [](auto& b) {
                         b.Add(turn::RequestedAddressFamily{stun::AddressFamily::kIpv6});
                       }),
            0);
  ASSERT_EQ(h.Permit(bob, kPeerV6), 0);
  for (const uint8_t type : Types{0, 4, 11, 127}) EXPECT_FALSE(Tell(h, kPeerV6, {type, 0, 0}));
  for (const uint8_t type : Types{1, 2, 3}) EXPECT_TRUE(Tell(h, kPeerV6, {type, 0, 0}));
  EXPECT_EQ((*Indication(h).Get<turn::XorPeerAddress>())->endpoint, Ep(kPeerV6));
}

TEST(IcmpIndication, Rfc8656_18_13_CarriesTheMtuOfFragmentationNeededAlone) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, kPeer), 0);
  ASSERT_TRUE(Tell(h, kPeer, {3, 4, 1400}));
  EXPECT_EQ((*Indication(h).Get<turn::Icmp>())->data, 1400u);
  ASSERT_TRUE(Tell(h, kPeer, {3, 3, 1400}));
  EXPECT_EQ((*Indication(h).Get<turn::Icmp>())->data, 0u);
}

TEST(IcmpIndication, IsRateLimitedForEachAllocation) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, kPeer), 0);
  int told = 0;
  for (int i = 0; i < 100; ++i) told += Tell(h, kPeer, kPortUnreachable);
  EXPECT_EQ(told, Relay::kIcmpPerSecond);
  EXPECT_EQ(h.relay().counters().icmp_dropped, 100u - Relay::kIcmpPerSecond);
  h.Advance(1s);
  EXPECT_TRUE(Tell(h, kPeer, kPortUnreachable));

  ScriptedClient bob = h.Client("192.0.2.1:50001");
  ASSERT_EQ(h.Allocate(bob), 0);
  ASSERT_EQ(h.Permit(bob, kPeer), 0);
  told = 0;
  for (int i = 0; i < 100; ++i) told += Tell(h, kPeer, kPortUnreachable);
  EXPECT_EQ(told, Relay::kIcmpPerSecond) << "another allocation's flood costs it nothing";
}

}  // namespace
}  // namespace koeru::relay::testing
