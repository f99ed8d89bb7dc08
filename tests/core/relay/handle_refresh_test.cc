#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

TEST(Refresh, MovesTheEndOfTheAllocation) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  h.Advance(500s);
  ASSERT_EQ(h.Refresh(alice), 0);
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 600u);
  h.Advance(600s - 1ns);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
  h.Advance(1ns);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
}

TEST(Refresh, GrantsUpToTheMaximum) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Refresh(alice, 9999), 0);
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 3600u);
  ASSERT_EQ(h.Refresh(alice, 10), 0);
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 600u) << "never less than the default";
}

TEST(Refresh, OfZeroGivesTheAllocationBack) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.Refresh(alice, 0), 0);
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 0u);
  EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.closed, std::vector<AllocationHandle>{h.opened[0].allocation});
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
  EXPECT_TRUE(h.live.endpoints.empty());
  EXPECT_EQ(h.events.ended, std::vector<EndReason>{EndReason::kRefreshedToZero});
  // RFC 8656 section 8.2: a retransmission gets 437, which clients take for success.
  EXPECT_EQ(h.Refresh(alice, 0), 437);
  EXPECT_EQ(h.events.ended.size(), 1u);
}

TEST(Refresh, WithoutAnAllocationIs437) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.LogIn(alice);
  EXPECT_EQ(h.Refresh(alice), 437);
}

TEST(Refresh, AfterTheEndIs437EvenWhenTheTimerIsLate) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.config.nonce_lifetime = 0s;
  ASSERT_EQ(h.Allocate(alice), 0);
  h.now = h.now + 600s;
  EXPECT_EQ(h.Refresh(alice), 437);
}

TEST(Refresh, OfAnotherUsersAllocationIs441) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ScriptedClient bob = h.Client("192.0.2.1:50000", "bob", "hidden");
  bob.nonce = alice.nonce;
  EXPECT_EQ(h.Refresh(bob, 0), 441);
  EXPECT_EQ(h.Permit(bob, "198.51.100.7:9"), 441);
  EXPECT_EQ(h.Bind(bob, 0x4000, "198.51.100.7:9"), 441);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

TEST(Refresh, OfAnotherFamilyIs443) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  const auto refresh = [&](stun::AddressFamily family) {
    return h.Ask(alice, stun::Method::kRefresh,
                 [&](auto& b) { b.Add(turn::RequestedAddressFamily{family}); });
  };
  EXPECT_EQ(refresh(stun::AddressFamily::kIpv6), 443);
  EXPECT_EQ(refresh(stun::AddressFamily::kIpv4), 0);
}

TEST(Refresh, WithAMalformedLifetimeIs400) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.Ask(alice, stun::Method::kRefresh,
                  [](auto& b) {
                    b.AddRaw(stun::attribute_type::kLifetime, std::array<uint8_t, 3>{0, 0, 0});
                  }),
            400);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

TEST(Refresh, LeavesPermissionsAndChannelsTheirOwnEnds) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  h.Advance(299s);
  ASSERT_EQ(h.Refresh(alice), 0);
  h.Advance(1s);
  EXPECT_EQ(h.RouteSend(alice, "198.51.100.7:9", "x").drop, Drop::kNoPermission);
}

}  // namespace
}  // namespace koeru::relay::testing
