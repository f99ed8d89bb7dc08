// EVEN-PORT and RESERVATION-TOKEN: RFC 8656 section 7.2.

#include "core/relay/port_choice.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

Attributes Even(bool reserve_next) {
  return [=](stun::MessageBuilder& b) { b.Add(turn::EvenPort{reserve_next}); };
}
Attributes With(const turn::ReservationToken& token) {
  return [=](stun::MessageBuilder& b) { b.Add(token); };
}

TEST(EvenPort, GivesAnEvenPort) {
  RelayHarness h;
  for (int i = 0; i < 20; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    ASSERT_EQ(h.Allocate(client, Even(false)), 0);
    EXPECT_EQ(h.opened.back().local.port % 2, 0);
    EXPECT_FALSE(h.Get<turn::ReservationToken>());
  }
}

TEST(EvenPort, ReservesTheNextPortForTheTokenOnce) {
  RelayHarness h;
  ScriptedClient rtp = h.Client("192.0.2.1:50000");
  ScriptedClient rtcp = h.Client("192.0.2.1:50001");
  ScriptedClient third = h.Client("192.0.2.1:50002");
  ASSERT_EQ(h.Allocate(rtp, Even(true)), 0);
  const uint16_t port = h.opened.back().local.port;
  EXPECT_EQ(port % 2, 0);
  const auto token = h.Get<turn::ReservationToken>();
  ASSERT_TRUE(token);
  EXPECT_EQ(h.quota.total(), 2u) << "the reservation counts";
  ASSERT_EQ(h.Allocate(rtcp, With(*token)), 0);
  EXPECT_EQ(h.opened.back().local.port, port + 1);
  EXPECT_EQ(h.quota.total(), 2u);
  EXPECT_EQ(h.Allocate(third, With(*token)), 508) << "a token is good once";
}

TEST(EvenPort, AReservationEndsAfter30SecondsAndLeaksNothing) {
  RelayHarness h;
  h.config.min_port = 50000;
  h.config.max_port = 50001;
  ScriptedClient rtp = h.Client("192.0.2.1:50000");
  ScriptedClient other = h.Client("192.0.2.1:50001");
  ASSERT_EQ(h.Allocate(rtp, Even(true)), 0);
  const auto token = h.Get<turn::ReservationToken>();
  h.Advance(30s - 1ns);
  EXPECT_EQ(h.Allocate(other), 508) << "kept for the token";
  h.Advance(1ns);
  EXPECT_EQ(h.Allocate(other, With(*token)), 508);
  EXPECT_EQ(h.Allocate(other), 0);
  EXPECT_EQ(h.opened.back().local.port, 50001);
  h.Advance(600s);
  EXPECT_EQ(h.quota.total(), 0u);
}

TEST(EvenPort, ATokenIsForItsUserOnly) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ScriptedClient bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice, Even(true)), 0);
  const auto token = h.Get<turn::ReservationToken>();
  EXPECT_EQ(h.Allocate(bob, With(*token)), 508);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kBadReservation);
}

TEST(EvenPort, ReservingDoesNotGetAroundTheQuota) {
  RelayHarness h;
  h.quota.per_user = 1;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice, Even(true)), 486);
  EXPECT_EQ(h.closed.size(), 1u) << "the socket that was open already";
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_EQ(h.quota.total(), 0u);
}

TEST(EvenPort, ATokenWhosePortCannotBeOpenedIs508) {
  RelayHarness h;
  ScriptedClient rtp = h.Client("192.0.2.1:50000");
  ScriptedClient rtcp = h.Client("192.0.2.1:50001");
  ASSERT_EQ(h.Allocate(rtp, Even(true)), 0);
  const auto token = h.Get<turn::ReservationToken>();
  h.sockets_fail = 1;
  EXPECT_EQ(h.Allocate(rtcp, With(*token)), 508);
  EXPECT_EQ(h.quota.total(), 1u);
}

TEST(EvenPort, ARetransmissionGetsTheSameToken) {
  RelayHarness h;
  ScriptedClient rtp = h.Client("192.0.2.1:50000");
  h.LogIn(rtp);
  const Packet request = rtp.Request(stun::Method::kAllocate, RelayHarness::Udp(Even(true)));
  h.Send(rtp, request);
  const Packet first = *h.reply;
  h.Send(rtp, request);
  EXPECT_EQ(*h.reply, first);
  EXPECT_EQ(h.quota.total(), 2u);
}

TEST(EvenPort, TokensAreFromTheRandomSource) {
  std::set<std::array<uint8_t, 8>> tokens;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    RelayHarness h;
    h.random = SeededRandom(seed);
    ScriptedClient client = h.Client("192.0.2.1:50000");
    ASSERT_EQ(h.Allocate(client, Even(true)), 0);
    tokens.insert(h.Get<turn::ReservationToken>()->token);
  }
  EXPECT_EQ(tokens.size(), 10u);
}

}  // namespace
}  // namespace koeru::relay::testing
