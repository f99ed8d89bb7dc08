#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:9";

class ChannelBind : public ::testing::Test {
 protected:
  RelayHarness h_;
  ScriptedClient alice_ = h_.Client("192.0.2.1:50000");
};

TEST_F(ChannelBind, CarriesDataBothWaysAndMakesAPermission) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(h_.Bind(alice_, 0x4000, kPeer), 0);
  const RouteToPeer route = h_.RouteChannel(alice_, 0x4000, "hello");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_EQ(route.peer.endpoint, Ep(kPeer));
  EXPECT_EQ(h_.Payload(route), "hello");
  EXPECT_EQ(h_.RouteBack(kPeer).channel, 0x4000);
  EXPECT_EQ(h_.RouteBack("198.51.100.7:10").channel, 0) << "another port: a Data indication";
}

TEST_F(ChannelBind, EndsExactlyAfter600SecondsAndItsPermissionAfter300) {
  ASSERT_EQ(h_.Allocate(alice_, [](auto& b) { b.Add(turn::Lifetime{3600}); }), 0);
  h_.config.nonce_lifetime = 0s;
  ASSERT_EQ(h_.Bind(alice_, 0x4000, kPeer), 0);
  h_.Advance(300s - 1ns);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNone);
  h_.Advance(1ns);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNoPermission);
  EXPECT_EQ(h_.RouteBack(kPeer).drop, Drop::kNoPermission);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  h_.Advance(300s - 1ns);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNone);
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  h_.Advance(1ns);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNoChannel);
  EXPECT_EQ(h_.RouteBack(kPeer).channel, 0) << "the permission still holds";
}

TEST_F(ChannelBind, RefusesNumberOutsideRange) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  for (const uint16_t number : std::initializer_list<uint16_t>{0x0000, 0x3FFF, 0x5000, 0x7FFE,
                                                              0x8000, 0xFFFF}) {
    EXPECT_EQ(h_.Bind(alice_, number, kPeer), 400) << number;
  }
  EXPECT_EQ(h_.Bind(alice_, 0x4FFF, kPeer), 0);
}

TEST_F(ChannelBind, TakesRfc5766NumbersWhenTold) {
  h_.config.rfc5766_channel_numbers = true;
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x7FFE, kPeer), 0);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x7FFE, "x").drop, Drop::kNone);
  EXPECT_EQ(h_.Bind(alice_, 0x7FFF, "198.51.100.8:9"), 400);
  EXPECT_EQ(h_.Bind(alice_, 0x8000, "198.51.100.8:9"), 400);
}

TEST_F(ChannelBind, RefusesANumberOrAPeerThatIsBoundOtherwise) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  ASSERT_EQ(h_.Bind(alice_, 0x4000, kPeer), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "198.51.100.8:9"), 400);
  EXPECT_EQ(h_.events.refused.back().cause, RefusalCause::kChannelTaken);
  EXPECT_EQ(h_.Bind(alice_, 0x4001, kPeer), 400);
  EXPECT_EQ(h_.Bind(alice_, 0x4001, "198.51.100.7:10"), 0) << "another port is another peer";
  EXPECT_EQ(h_.Bind(alice_, 0x4000, kPeer), 0) << "a refresh";
}

TEST_F(ChannelBind, NeedsNumberAndPeer) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  const auto bind = [&](const Attributes& add) {
    return h_.Ask(alice_, stun::Method::kChannelBind, add);
  };
  EXPECT_EQ(bind([](auto& b) { b.Add(turn::ChannelNumber{0x4000}); }), 400);
  EXPECT_EQ(bind([](auto& b) { b.Add(turn::XorPeerAddress{Ep(kPeer)}); }), 400);
  EXPECT_EQ(bind([](auto& b) {
              b.AddRaw(stun::attribute_type::kChannelNumber, std::array<uint8_t, 2>{0x40, 0});
              b.Add(turn::XorPeerAddress{Ep(kPeer)});
            }),
            400);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "198.51.100.7:0"), 400) << "nothing can be sent to port 0";
}

TEST_F(ChannelBind, Refuses443ForAnotherFamilyAnd403ForADeniedPeer) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "[2001:db8::7]:9"), 443);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "169.254.169.254:80"), 403);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "x").drop, Drop::kNoChannel);
}

TEST_F(ChannelBind, BindsAnOwnAddressOnlyToALiveRelay) {
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "5.5.5.1:22"), 403);
  ScriptedClient bob = h_.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h_.Allocate(bob), 0);
  const net::Endpoint bobs{At("5.5.5.1"), h_.opened.back().local.port};
  ASSERT_EQ(h_.Bind(alice_, 0x4000, bobs.ToString()), 0);
  EXPECT_TRUE(h_.RouteChannel(alice_, 0x4000, "x").peer_is_own);
}

TEST_F(ChannelBind, BoundsTheChannelsOfAnAllocation) {
  h_.config.max_channels_per_allocation = 2;
  ASSERT_EQ(h_.Allocate(alice_), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4000, "198.51.100.1:1"), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4001, "198.51.100.2:1"), 0);
  EXPECT_EQ(h_.Bind(alice_, 0x4002, "198.51.100.3:1"), 508);
  EXPECT_EQ(h_.Bind(alice_, 0x4001, "198.51.100.2:1"), 0);
}

}  // namespace
}  // namespace koeru::relay::testing
