// A configuration that changes while calls go on (Relay::SetRules).

#include "core/relay/rules.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class Rules : public ::testing::Test {
 protected:
  // Alice with a permission and a channel.
  void SetUp() override {
    ASSERT_EQ(h.Allocate(alice), 0);
    ASSERT_EQ(h.Bind(alice, 0x4000, kPeer), 0);
  }
  static constexpr std::string_view kPeer = "198.51.100.7:9";
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
};

TEST_F(Rules, AChangeTouchesNoAllocationPermissionOrChannel) {
  h.config.max_lifetime = 700s;
  h.Reload();
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").drop, Drop::kNone);
  EXPECT_EQ(h.RouteBack(kPeer).drop, Drop::kNone);
  EXPECT_EQ(h.Refresh(alice, 3600), 0);
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 700u) << "the new bound counts from now on";
  EXPECT_TRUE(h.relay().IsConsistent());
}

TEST_F(Rules, AUserWhoIsGoneFinishesTheCallAndBeginsNoOther) {
  h.config.users = {{"carol", "new", {}}};
  h.Reload();
  EXPECT_EQ(h.Refresh(alice), 0);
  EXPECT_EQ(h.Bind(alice, 0x4000, kPeer), 0);
  ScriptedClient again = h.Client("192.0.2.1:50001");
  EXPECT_EQ(h.Allocate(again), 401);
  ScriptedClient carol = h.Client("192.0.2.2:50000", "carol", "new");
  EXPECT_EQ(h.Allocate(carol), 0);
}

TEST_F(Rules, APeerThatIsDeniedNowKeepsItsPermissionUntilThatEnds) {
  h.config.denied_peers = {{At("198.51.100.0"), At("198.51.100.255"), "denied"}};
  h.Reload();
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").drop, Drop::kNone);
  EXPECT_EQ(h.Bind(alice, 0x4000, kPeer), 403);
  h.Advance(300s);
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").drop, Drop::kNoPermission);
}

TEST_F(Rules, ANewRealmIsToldWithTheNextNonceAndTheCallGoesOn) {
  h.config.realm = "example.net";
  h.Reload();
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").drop, Drop::kNone);
  ASSERT_EQ(h.Refresh(alice), 438);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.net");
  alice.nonce = h.Get<stun::Nonce>()->text;
  alice.realm = "example.net";
  EXPECT_EQ(h.Refresh(alice), 0);
}

TEST_F(Rules, QuotaGoesBackToWhereItWasTaken) {
  EXPECT_EQ(h.quota.used_by_account["alice@example.org"], 1u);
  h.config.realm = "example.net";
  h.Reload();
  ASSERT_EQ(h.Refresh(alice, 0), 438);
  alice.nonce = h.Get<stun::Nonce>()->text;
  alice.realm = "example.net";
  ASSERT_EQ(h.Refresh(alice, 0), 0);
  EXPECT_EQ(h.quota.used_by_account["alice@example.org"], 0u);
  EXPECT_EQ(h.quota.used_by_account.count("alice@example.net"), 0u);
}

TEST_F(Rules, DrainingRefusesNewAllocationsWith508AndAReasonAndLetsOthersGoOn) {
  h.config.draining = true;
  h.Reload();
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  EXPECT_EQ(h.Allocate(bob), 508);
  EXPECT_EQ(h.Get<stun::ErrorCode>()->reason,
            "Insufficient Capacity: this server is going down, use another one");
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kDraining);
  EXPECT_EQ(h.Refresh(alice), 0);
  EXPECT_EQ(h.Permit(alice, "198.51.100.8:1"), 0);
  EXPECT_EQ(h.RouteChannel(alice, 0x4000, "hi").drop, Drop::kNone);
  h.config.draining = false;
  h.Reload();
  EXPECT_EQ(h.Allocate(bob), 0);
}

TEST_F(Rules, DrainingStillAnswersTheRetransmissionOfAnAllocateRequest) {
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  h.LogIn(bob);
  const Packet request = bob.Request(stun::Method::kAllocate, RelayHarness::Udp());
  h.Send(bob, request);
  ASSERT_EQ(h.Code(), 0);
  h.config.draining = true;
  h.Reload();
  h.Send(bob, request);
  EXPECT_EQ(h.Code(), 0);
}

TEST_F(Rules, EndAllEndsEveryAllocationAndSaysThatTheServerStops) {
  h.actions.Clear();
  h.relay().EndAll(h.actions);
  ASSERT_EQ(h.actions.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<CloseRelaySocket>(h.actions[0]));
  EXPECT_EQ(h.events.ended, std::vector<EndReason>{EndReason::kServerStops});
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
  EXPECT_TRUE(h.live.endpoints.empty());
}

}  // namespace
}  // namespace koeru::relay::testing
