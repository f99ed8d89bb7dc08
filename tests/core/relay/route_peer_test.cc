// RouteFromPeer, and what both directions share.

#include "core/relay/route_peer.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

TEST(RouteFromPeer, DropsDataFromPeerWithoutPermission) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.RouteBack("198.51.100.7:9").drop, Drop::kNoPermission);
  ASSERT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  const RouteToClient route = h.RouteBack("198.51.100.7:9");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_EQ(route.five_tuple, alice.five_tuple);
  EXPECT_EQ(route.channel, 0);
  EXPECT_EQ(route.peer.endpoint, Ep("198.51.100.7:9"));
}

TEST(RouteFromPeer, DropsDataForAnAllocationThatIsGone) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  const AllocationHandle old = h.opened[0].allocation;
  ASSERT_EQ(h.Refresh(alice, 0), 0);
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.relay().RouteFromPeer(old, {Ep("198.51.100.7:9")}, h.now).drop,
            Drop::kNoAllocation);
}

TEST(RouteFromPeer, TakesDataFromOwnAddressesOnlyFromLiveRelays) {
  RelayHarness h;
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(bob), 0);
  const net::Endpoint bobs = h.opened.back().local;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, "5.5.5.1:1"), 0);
  EXPECT_EQ(h.RouteBack(bobs.ToString()).drop, Drop::kNone);
  EXPECT_EQ(h.RouteBack("5.5.5.1:53").drop, Drop::kPeerDenied);
}

// external-ip: clients know the advertised address, sockets the local one.
TEST(RouteFromPeer, TwoClientsOfOneRelayMeetBehindANat) {
  RelayHarness h;
  h.config.relay_addresses = {{At("10.0.0.5"), At("5.5.5.1")}};
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Allocate(bob), 0);
  const net::Endpoint alice_local = h.opened[0].local;
  const net::Endpoint bob_local = h.opened[1].local;
  const net::Endpoint alice_relayed{At("5.5.5.1"), alice_local.port};
  const net::Endpoint bob_relayed{At("5.5.5.1"), bob_local.port};
  ASSERT_EQ(h.Bind(alice, 0x4000, bob_relayed.ToString()), 0);
  ASSERT_EQ(h.Bind(bob, 0x4001, alice_relayed.ToString()), 0);

  const RouteToPeer out = h.RouteChannel(alice, 0x4000, "hi");
  EXPECT_TRUE(out.peer_is_own);
  EXPECT_EQ(out.peer.endpoint, bob_local);
  AllocationHandle bobs;
  ASSERT_TRUE(h.relay().FindByRelayedAddress(out.peer.endpoint, bobs));
  const RouteToClient in = h.relay().RouteFromPeer(bobs, {alice_local}, h.now);
  EXPECT_EQ(in.drop, Drop::kNone);
  EXPECT_EQ(in.five_tuple, bob.five_tuple);
  EXPECT_EQ(in.channel, 0x4001);
  EXPECT_EQ(in.peer.endpoint, alice_relayed);
}

TEST(RouteFromPeer, BehindANatTheLocalAddressItselfStaysClosed) {
  RelayHarness h;
  h.config.relay_addresses = {{At("10.0.0.5"), At("5.5.5.1")}};
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Allocate(bob), 0);
  h.config.allow_private_peers = false;
  h.Reload();
  EXPECT_EQ(h.Bind(alice, 0x4000, h.opened[1].local.ToString()), 403);
  EXPECT_EQ(h.Bind(alice, 0x4000, "10.0.0.5:22"), 403);
}

TEST(FindByRelayedAddress, FindsLiveAllocationsOnly) {
  RelayHarness h;
  h.sockets_open = false;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), -1);
  AllocationHandle found;
  EXPECT_FALSE(h.relay().FindByRelayedAddress(h.opened[0].local, found)) << "pending";
  h.relay().OnRelaySocketOpened(h.opened[0].allocation, h.now, h.actions);
  EXPECT_TRUE(h.relay().FindByRelayedAddress(h.opened[0].local, found));
  EXPECT_EQ(found, h.opened[0].allocation);
}

}  // namespace
}  // namespace koeru::relay::testing
