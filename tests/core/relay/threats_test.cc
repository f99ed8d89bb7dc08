// What must hold under attack, line by line of the threat model, where no other test has it by
// name. Exact ends of permissions, channels and allocations: handle_*_test.cc. Denied peers in
// every disguise: peer_policy_test.cc. EVEN-PORT: port_choice_test.cc. Bid-down protection:
// authenticate_test.cc.

#include <gtest/gtest.h>
#include <malloc.h>

#include "core/stun/attributes/xor_mapped_address.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

// Each address of the default list, through the protocol: Allocate succeeded, nothing else does.
TEST(Threats, ClientsReachNoDeniedPeerByAnyRequest) {
  RelayHarness h;
  h.config.allow_private_peers = false;
  ScriptedClient v4 = h.Client("8.1.1.1:50000");
  ScriptedClient v6 = h.Client("8.1.1.1:50001");
  ASSERT_EQ(h.Allocate(v4), 0);
  ASSERT_EQ(h.Allocate(v6, [](auto& b) {
    b.Add(turn::RequestedAddressFamily{stun::AddressFamily::kIpv6});
  }), 0);
  for (std::string_view peer :
       {"0.0.0.1:1", "10.0.0.1:1", "100.64.0.1:1", "127.0.0.1:1", "169.254.169.254:80",
        "172.16.0.1:1", "192.0.0.1:1", "192.168.0.1:1", "198.18.0.1:1", "224.0.0.1:1",
        "255.255.255.255:1", "[::]:1", "[::1]:1", "[::ffff:127.0.0.1]:1", "[::ffff:8.8.8.8]:1",
        "[64:ff9b::7f00:1]:1", "[64:ff9b:1::1]:1", "[2002:7f00:1::]:1",
        "[2001:0:808:808::80ff:fffe]:1", "[fc00::1]:1", "[fe80::1]:1", "[ff02::1]:1"}) {
    ScriptedClient& client = Ep(peer).address.is_v4() ? v4 : v6;
    EXPECT_EQ(h.Permit(client, peer), 403) << peer;
    EXPECT_EQ(h.Bind(client, 0x4000, peer), 403) << peer;
    EXPECT_EQ(h.RouteSend(client, peer, "x").drop, Drop::kNoPermission) << peer;
    EXPECT_FALSE(h.events.refused.back().detail.empty()) << peer;
  }
}

// "Nonces are stateless, so an unauthenticated packet costs no memory."
TEST(Threats, UnauthenticatedPacketsCostNoMemory) {
  RelayHarness h;
  h.config.events = nullptr;
  ScriptedClient client = h.Client("192.0.2.1:50000", "mallory", "guess");
  h.LogIn(client);
  const Packet challenge = ScriptedClient(h.Client("192.0.2.1:50000"))
                               .Request(stun::Method::kAllocate, RelayHarness::Udp());
  const Packet guess = client.Request(stun::Method::kAllocate, RelayHarness::Udp());
  Relay& relay = h.relay();
  net::FiveTuple from = client.five_tuple;
  const auto flood = [&](uint32_t packets) {
    for (uint32_t i = 0; i < packets; ++i) {
      from.client.endpoint = {net::Address::V4(20, static_cast<uint8_t>(i >> 16),
                                               static_cast<uint8_t>(i >> 8),
                                               static_cast<uint8_t>(i)),
                              static_cast<uint16_t>(i)};
      h.actions.Clear();
      relay.OnMessage(from, i % 16 == 0 ? guess : challenge, h.now, h.wall, h.actions);
    }
  };
  flood(1000);
  const size_t before = mallinfo2().uordblks;
  flood(200'000);
  EXPECT_LE(mallinfo2().uordblks, before + 1024);
  EXPECT_EQ(relay.allocation_count(), 0u);
}

// "an unauthenticated request from a possibly forged source never gets more bytes out than a stated
// factor": over one second, no more than what came in and the configured excess.
TEST(Threats, AForgedSourceGetsNoMoreThanTheStatedExcess) {
  RelayHarness h;
  h.config.amplification_bytes_per_second = 10'000;
  for (const stun::Method method : {stun::Method::kAllocate, stun::Method::kBinding}) {
    h.now = h.now + 10s;
    ScriptedClient forged = h.Client("192.0.2.1:50000");
    size_t in = 0, out = 0;
    for (int i = 0; i < 10'000; ++i) {
      const Packet packet = forged.Request(method, RelayHarness::Udp());
      in += packet.size();
      h.Send(forged, packet);
      if (h.reply) out += h.reply->size();
    }
    EXPECT_LE(out, in + 10'000);
    EXPECT_GT(out, 5'000u) << "it is no shutdown either";
  }
  EXPECT_GT(h.relay().counters().held_back, 0u);
}

TEST(Threats, TheLimiterHoldsNoAuthenticatedClientBackAndNoOtherPrefix) {
  RelayHarness h;
  h.config.amplification_bytes_per_second = 1'000;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  ScriptedClient forged = h.Client("192.0.2.2:1");
  for (int i = 0; i < 1000; ++i) h.Ask(forged, stun::Method::kAllocate, RelayHarness::Udp());
  ASSERT_FALSE(h.reply) << "the prefix is exhausted";
  EXPECT_EQ(h.Refresh(alice), 0);
  EXPECT_EQ(h.Permit(alice, "198.51.100.7:9"), 0);
  ScriptedClient bob = h.Client("192.0.3.1:50000", "bob", "hidden");
  EXPECT_EQ(h.Allocate(bob), 0);
}

TEST(Threats, AStreamIsNotForgedAndNotLimited) {
  RelayHarness h;
  h.config.amplification_bytes_per_second = 1'000;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  client.five_tuple.transport = net::Transport::kTcp;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(h.Ask(client, stun::Method::kAllocate, RelayHarness::Udp()), 401);
  }
}

// GHSA-4g7c, GHSA-v8hj: the relay formats nothing; the sink gets the bytes and escapes them.
TEST(Threats, UsernamesWithFormatCharactersPassThroughAsTheyAre) {
  const std::string nasty("%s%n%x'\";--\r\n\0\x1b[2J\xff", 20);
  RelayHarness h;
  h.config.users.push_back({nasty, "secret", {}});
  ScriptedClient client = h.Client("192.0.2.1:50000", nasty, "secret");
  EXPECT_EQ(h.Allocate(client), 0);
  EXPECT_EQ(h.events.created, std::vector<std::string>{nasty});
  EXPECT_EQ(h.Permit(client, "127.0.0.1:1"), 403);
  EXPECT_EQ(h.events.refused.back().username, nasty);
  ScriptedClient stranger = h.Client("192.0.2.1:50001", "%n" + nasty, "x");
  EXPECT_EQ(h.Allocate(stranger), 401);
  EXPECT_EQ(h.events.refused.back().username, "%n" + nasty);
}

TEST(Threats, OverlongTextsAreBadRequests) {
  RelayHarness h;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  const std::string longest(508, 'a');
  const std::vector<uint8_t> over(509, 'a');
  h.LogIn(client);
  const auto ask = [&](Bytes username) {
    std::vector<uint8_t> buffer(4096);
    stun::MessageBuilder b(buffer, {stun::Method::kAllocate, stun::Class::kRequest},
                           client.NextId());
    b.AddRaw(stun::attribute_type::kUsername, username);
    b.Add(stun::Realm{client.realm});
    b.Add(stun::Nonce{client.nonce});
    b.AddMessageIntegrity(client.Key().bytes());
    h.Send(client, Packet(b.Finish().begin(), b.Finish().end()));
    return h.Code();
  };
  EXPECT_EQ(ask(AsBytes(longest)), 401);
  EXPECT_EQ(ask(over), 400);
}

// One user's flood of allocations leaves another's alone: the quota is per user.
TEST(Threats, OneUsersFloodDoesNotStarveAnother) {
  RelayHarness h;
  h.quota.per_user = 10;
  for (int i = 0; i < 100; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    EXPECT_EQ(h.Allocate(client), i < 10 ? 0 : 486);
  }
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  EXPECT_EQ(h.Allocate(bob), 0);
}

// Allocate and give back in a loop: nothing piles up, reservations of EVEN-PORT included.
TEST(Threats, AllocatingInALoopPilesNothingUp) {
  RelayHarness h;
  h.config.nonce_lifetime = 0s;
  h.quota.per_user = 20;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  int served = 0;
  for (int i = 0; i < 1000; ++i) {
    if (h.Allocate(client, [](auto& b) { b.Add(turn::EvenPort{true}); }) != 0) continue;
    ++served;
    ASSERT_EQ(h.Refresh(client, 0), 0);
  }
  EXPECT_LE(h.quota.total(), 20u);
  EXPECT_LE(served, 20);
  h.Advance(30s);
  EXPECT_EQ(h.Allocate(client), 0);
  EXPECT_EQ(h.quota.total(), 1u);
}

}  // namespace
}  // namespace koeru::relay::testing
