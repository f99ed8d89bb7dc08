#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::string_view kPeer = "198.51.100.7:9";

class RouteFromClient : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(h_.Allocate(alice_), 0);
    ASSERT_EQ(h_.Bind(alice_, 0x4000, kPeer), 0);
  }
  RouteToPeer Route(const Packet& packet) {
    return h_.relay().RouteFromClient(alice_.five_tuple, packet, h_.now);
  }
  Packet Indication(const Attributes& add) {
    return alice_.Indication(stun::Method::kSend, add);
  }

  RelayHarness h_;
  ScriptedClient alice_ = h_.Client("192.0.2.1:50000");
};

TEST_F(RouteFromClient, SendIndicationFindsPeerAndPayload) {
  const RouteToPeer route = h_.RouteSend(alice_, kPeer, "hello");
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_EQ(route.peer.endpoint, Ep(kPeer));
  EXPECT_EQ(route.allocation, h_.opened[0].allocation);
  EXPECT_EQ(h_.Payload(route), "hello");
  EXPECT_FALSE(route.dont_fragment);
  EXPECT_FALSE(route.peer_is_own);
}

TEST_F(RouteFromClient, ZeroLengthDataIsData) {
  EXPECT_EQ(h_.RouteSend(alice_, kPeer, "").drop, Drop::kNone);
  EXPECT_EQ(h_.RouteSend(alice_, kPeer, "").payload_size, 0u);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "").drop, Drop::kNone);
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4000, "").payload_size, 0u);
}

TEST_F(RouteFromClient, HonoursDontFragment) {
  const RouteToPeer route = Route(Indication([](auto& b) {
    b.Add(turn::XorPeerAddress{Ep(kPeer)});
    b.Add(turn::DontFragment{});
    b.Add(turn::Data{AsBytes("x")});
  }));
  EXPECT_EQ(route.drop, Drop::kNone);
  EXPECT_TRUE(route.dont_fragment);
}

TEST_F(RouteFromClient, DropsIncompleteOrUnknownIndications) {
  const turn::XorPeerAddress peer{Ep(kPeer)};
  const turn::Data data{AsBytes("x")};
  EXPECT_EQ(Route(Indication([&](auto& b) { b.Add(peer); })).drop, Drop::kMalformed);
  EXPECT_EQ(Route(Indication([&](auto& b) { b.Add(data); })).drop, Drop::kMalformed);
  EXPECT_EQ(Route(Indication([&](auto& b) {
              b.AddRaw(stun::attribute_type::kXorPeerAddress, std::array<uint8_t, 3>{});
              b.Add(data);
            })).drop,
            Drop::kMalformed);
  EXPECT_EQ(
      Route(Indication([&](auto& b) { b.Add(peer), b.Add(data), b.AddRaw(0x7777, {}); })).drop,
      Drop::kMalformed);
  EXPECT_EQ(
      Route(Indication([&](auto& b) { b.Add(peer), b.Add(data), b.AddRaw(0xF777, {}); })).drop,
      Drop::kNone)
      << "comprehension-optional";
  EXPECT_EQ(h_.RouteSend(alice_, "198.51.100.7:0", "x").drop, Drop::kMalformed);
}

TEST_F(RouteFromClient, DropsWhatIsNoDataPacket) {
  EXPECT_EQ(Route({}).drop, Drop::kNotAPacket);
  EXPECT_EQ(Route({0x80, 1, 2, 3}).drop, Drop::kNotAPacket);
  EXPECT_EQ(Route({0x40}).drop, Drop::kMalformed);
  EXPECT_EQ(Route({0x00, 0x16}).drop, Drop::kMalformed);
  EXPECT_EQ(Route(alice_.Request(stun::Method::kBinding)).drop, Drop::kNotAPacket);
}

TEST_F(RouteFromClient, DropsChannelDataThatIsCutShortAndTakesPadding) {
  EXPECT_EQ(Route({0x40, 0x00, 0x00, 0x02, 'h'}).drop, Drop::kMalformed);
  const RouteToPeer padded = Route({0x40, 0x00, 0x00, 0x02, 'h', 'i', 0, 0});
  EXPECT_EQ(padded.drop, Drop::kNone);
  EXPECT_EQ(padded.payload_size, 2u);
}

TEST_F(RouteFromClient, DropsUnboundChannelsAndUnknownClients) {
  EXPECT_EQ(h_.RouteChannel(alice_, 0x4001, "x").drop, Drop::kNoChannel);
  ScriptedClient stranger = h_.Client("192.0.2.1:50001");
  EXPECT_EQ(h_.RouteChannel(stranger, 0x4000, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.RouteSend(stranger, kPeer, "x").drop, Drop::kNoAllocation);
}

TEST_F(RouteFromClient, EndsWithTheAllocationEvenWhenTheTimerIsLate) {
  h_.now = h_.now + 299s;
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  h_.now = h_.now + 290s;
  ASSERT_EQ(h_.Permit(alice_, kPeer), 0);
  h_.now = h_.now + (11s - 1ns);
  EXPECT_EQ(h_.RouteSend(alice_, kPeer, "x").drop, Drop::kNone);
  h_.now = h_.now + 1ns;
  EXPECT_EQ(h_.RouteSend(alice_, kPeer, "x").drop, Drop::kNoAllocation);
  EXPECT_EQ(h_.RouteBack(kPeer).drop, Drop::kNoAllocation);
}

TEST_F(RouteFromClient, Takes64KilobytePackets) {
  const std::string large(65'000, 'x');
  EXPECT_EQ(h_.Payload(h_.RouteSend(alice_, kPeer, large)), large);
  EXPECT_EQ(h_.Payload(h_.RouteChannel(alice_, 0x4000, large)), large);
}

// Every truncation of a good packet is a counted drop, and nothing is read behind its end
// (AddressSanitizer watches: each copy is exactly as long as it says).
TEST_F(RouteFromClient, EveryTruncationIsADrop) {
  const Packet whole = Indication([](auto& b) {
    b.Add(turn::XorPeerAddress{Ep(kPeer)});
    b.Add(turn::Data{AsBytes("hello")});
  });
  for (size_t size = 0; size < whole.size(); ++size) {
    const Packet cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_NE(Route(cut).drop, Drop::kNone) << size;
  }
}

}  // namespace
}  // namespace koeru::relay::testing
