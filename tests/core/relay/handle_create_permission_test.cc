#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class CreatePermission : public ::testing::Test {
 protected:
  int PermitAll(const std::vector<std::string_view>& peers) {
    return h_.Ask(alice_, stun::Method::kCreatePermission, [&](stun::MessageBuilder& b) {
      for (std::string_view peer : peers) b.Add(turn::XorPeerAddress{Ep(peer)});
    });
  }
  Drop SendTo(std::string_view peer) { return h_.RouteSend(alice_, peer, "x").drop; }

  RelayHarness h_;
  ScriptedClient alice_ = h_.Client("192.0.2.1:50000");
};

TEST_F(CreatePermission, HoldsForExactly300SecondsInBothDirections) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(SendTo("198.51.100.7:9"), Drop::kNoPermission);
  EXPECT_EQ(h_.RouteBack("198.51.100.7:9").drop, Drop::kNoPermission);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.7:9"), 0);
  h_.Advance(300s - 1ns);
  EXPECT_EQ(SendTo("198.51.100.7:9"), Drop::kNone);
  EXPECT_EQ(h_.RouteBack("198.51.100.7:9").drop, Drop::kNone);
  h_.Advance(1ns);
  EXPECT_EQ(SendTo("198.51.100.7:9"), Drop::kNoPermission);
  EXPECT_EQ(h_.RouteBack("198.51.100.7:9").drop, Drop::kNoPermission);
}

TEST_F(CreatePermission, IsPerAddressWhateverThePort) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.7:0"), 0);
  EXPECT_EQ(SendTo("198.51.100.7:1234"), Drop::kNone);
  EXPECT_EQ(SendTo("198.51.100.8:1234"), Drop::kNoPermission);
  EXPECT_EQ(h_.RouteBack("198.51.100.7:4321").drop, Drop::kNone);
}

TEST_F(CreatePermission, AnotherOneExtendsIt) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.7:9"), 0);
  h_.Advance(200s);
  ASSERT_EQ(h_.Permit(alice_, "198.51.100.7:9"), 0);
  h_.Advance(299s);
  EXPECT_EQ(SendTo("198.51.100.7:9"), Drop::kNone);
}

TEST_F(CreatePermission, TakesSeveralAddressesAtOnce) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(PermitAll({"198.51.100.1:1", "198.51.100.2:1", "198.51.100.3:1", "198.51.100.1:2"}), 0);
  for (std::string_view peer : {"198.51.100.1:5", "198.51.100.2:5", "198.51.100.3:5"}) {
    EXPECT_EQ(SendTo(peer), Drop::kNone) << peer;
  }
}

TEST_F(CreatePermission, IsAllOrNothing) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(PermitAll({"198.51.100.1:1", "127.0.0.1:1"}), 403);
  EXPECT_EQ(SendTo("198.51.100.1:5"), Drop::kNoPermission);
}

TEST_F(CreatePermission, WithoutOrWithAMalformedPeerIs400) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(PermitAll({}), 400);
  EXPECT_EQ(h_.Ask(alice_, stun::Method::kCreatePermission,
                   [](auto& b) {
                     b.Add(turn::XorPeerAddress{Ep("198.51.100.1:1")});
                     b.AddRaw(stun::attribute_type::kXorPeerAddress, std::array<uint8_t, 4>{});
                   }),
            400);
  EXPECT_EQ(SendTo("198.51.100.1:5"), Drop::kNoPermission);
}

TEST_F(CreatePermission, OfAnotherFamilyIs443) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Permit(alice_, "[2001:db8::7]:9"), 443);
}

TEST_F(CreatePermission, OfADeniedPeerIs403AndTheEventSaysWhy) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Permit(alice_, "127.0.0.1:9"), 403);
  const auto& refused = h_.events.refused.back();
  EXPECT_EQ(refused.cause, RefusalCause::kPeerDenied);
  EXPECT_EQ(refused.detail, "loopback (RFC 1122)");
  EXPECT_EQ(refused.peer, Ep("127.0.0.1:9"));
  EXPECT_EQ(refused.username, "alice");
}

TEST_F(CreatePermission, BoundsThePermissionsOfAnAllocation) {
  h_.config.max_permissions_per_allocation = 2;
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(PermitAll({"198.51.100.1:1", "198.51.100.2:1"}), 0);
  EXPECT_EQ(h_.Permit(alice_, "198.51.100.3:1"), 508);
  EXPECT_EQ(h_.Permit(alice_, "198.51.100.2:1"), 0) << "a refresh";
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "198.51.100.3:1"), 508) << "it needs a permission, too";
  h_.Advance(300s);
  EXPECT_EQ(h_.Permit(alice_, "198.51.100.3:1"), 0);
}

TEST_F(CreatePermission, OfAnOwnAddressCarriesDataToLiveRelaysOnly) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ScriptedClient bob = h_.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.Allocate(bob), 0);
  const net::Endpoint bobs{At("5.5.5.1"), h_.opened.back().local.port};
  ASSERT_EQ(h_.Permit(alice_, "5.5.5.1:1"), 0);
  const RouteToPeer route = h_.RouteSend(alice_, bobs.ToString(), "x");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_TRUE(route.peer_is_own);
  AllocationHandle found;
  EXPECT_TRUE(h_.relay().FindByRelayedAddress(route.peer.endpoint, found));
  EXPECT_EQ(found, h_.opened.back().allocation);
  EXPECT_EQ(SendTo("5.5.5.1:22"), Drop::kPeerDenied);
  ASSERT_EQ(h_.Refresh(bob, 0), 0);
  EXPECT_EQ(SendTo(bobs.ToString()), Drop::kPeerDenied) << "no longer live";
}

}  // namespace
}  // namespace koeru::relay::testing
