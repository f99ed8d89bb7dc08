// Dispatch, and what every method shares.

#include "core/relay/relay.h"

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

namespace attribute_type = stun::attribute_type;

TEST(Relay, IsSilentToWhatIsNoRequestThatItServes) {
  RelayHarness h;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  const auto silent = [&](const Packet& packet) {
    h.Send(client, packet);
    return h.Code() == -1;
  };
  EXPECT_TRUE(silent({}));
  EXPECT_TRUE(silent({1, 2, 3}));
  EXPECT_TRUE(silent(client.Indication(stun::Method::kBinding, [](auto&) {})));
  EXPECT_TRUE(silent(client.Request(stun::Method::kSend)));
  EXPECT_TRUE(silent(client.Request(stun::Method::kConnectionAttempt)));
  EXPECT_TRUE(silent(client.Request(static_cast<stun::Method>(0x7FF))));
  EXPECT_EQ(h.relay().counters().not_stun, 2u);
  EXPECT_EQ(h.relay().counters().ignored, 4u);
}

// RFC 8489 section 7.3.
TEST(Relay, DropsARequestWithAWrongFingerprint) {
  RelayHarness h;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  client.fingerprint = true;
  Packet request = client.Request(stun::Method::kBinding);
  request.back() ^= 1;
  h.Send(client, request);
  EXPECT_EQ(h.Code(), -1);
  EXPECT_EQ(h.relay().counters().bad_fingerprint, 1u);
}

// RFC 8489 section 6.3.1: authentication first, then 420.
TEST(Relay, NamesUnknownAttributesOnceTheClientIsAuthenticated) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  const auto unknown = [](stun::MessageBuilder& b) {
    b.AddRaw(0x7001, {}), b.AddRaw(0xF001, {}), b.AddRaw(0x7002, {}), b.AddRaw(0x7001, {});
  };
  EXPECT_EQ(h.Ask(alice, stun::Method::kAllocate, unknown), 401);
  EXPECT_EQ(h.Allocate(alice, unknown), 420);
  const auto types = h.Get<stun::UnknownAttributes>();
  ASSERT_EQ(types->size(), 2u);
  EXPECT_EQ((*types)[0], 0x7001);
  EXPECT_EQ((*types)[1], 0x7002);
  EXPECT_TRUE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.Ask(alice, stun::Method::kBinding,
                  [](auto& b) { b.AddRaw(attribute_type::kChangeRequest, {}); }),
            420);
}

TEST(Relay, AThousandUnknownAttributesFitIntoAnAnswer) {
  RelayHarness h;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  h.Ask(client, stun::Method::kBinding, [](stun::MessageBuilder& b) {
    for (int i = 0; i < 900; ++i) b.AddRaw(static_cast<uint16_t>(0x7000 + i), {});
  });
  EXPECT_EQ(h.Code(), 420);
  EXPECT_EQ(h.Get<stun::UnknownAttributes>()->size(), 32u);
}

// CVE-2020-4067: no stale byte of a buffer leaves.
TEST(Relay, PadsRepliesWithZeros) {
  RelayHarness h;
  h.config.realm = "example.or";  // 10 bytes and
  h.config.software = "Koeru";    // 5 bytes: both need padding
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  h.Ask(alice, stun::Method::kAllocate, RelayHarness::Udp());
  const auto message = stun::MessageView::Parse(*h.reply);
  size_t padded = 0;
  for (const stun::RawAttribute& attribute : message->attributes()) {
    const size_t end = attribute.value_offset() + attribute.value.size();
    for (size_t i = end; i % 4 != 0; ++i, ++padded) EXPECT_EQ((*h.reply)[i], 0) << i;
  }
  EXPECT_GE(padded, 5u);
}

TEST(Relay, TakesTheLongestRealmAndSoftware) {
  RelayHarness h;
  h.config.realm.clear();
  for (int i = 0; i < 127; ++i) h.config.realm += "é";
  h.config.software = h.config.realm;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  alice.realm = h.config.realm;
  alice.fingerprint = true;
  EXPECT_EQ(h.Allocate(alice), 0);
}

// A request with any one bit changed binds nothing; cut short anywhere it is no message.
TEST(Relay, AChangedOrTruncatedRequestDoesNothing) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  const Packet bind = alice.Request(stun::Method::kChannelBind, [](auto& b) {
    b.Add(turn::ChannelNumber{0x4000});
    b.Add(turn::XorPeerAddress{Ep("198.51.100.7:9")});
  });
  for (size_t i = 0; i < bind.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      Packet changed = bind;
      changed[i] = static_cast<uint8_t>(changed[i] ^ (1 << bit));
      h.Send(alice, changed);
      EXPECT_EQ(h.RouteChannel(alice, 0x4000, "x").drop, Drop::kNoChannel) << i;
    }
    h.Send(alice, Packet(bind.begin(), bind.begin() + static_cast<std::ptrdiff_t>(i)));
    EXPECT_EQ(h.Code(), -1) << i;
  }
}

TEST(OnTimeout, EndsMassExpiriesInBoundedSteps) {
  RelayHarness h;
  h.config.anonymous = true;
  h.config.amplification_bytes_per_second = 0;
  const int count = Relay::kMaxEndsPerTimeout + 10;
  for (int i = 0; i < count; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(10000 + i));
    ASSERT_EQ(h.Allocate(client), 0);
  }
  h.now = h.now + 600s;
  h.actions.Clear();
  h.relay().OnTimeout(h.now, h.actions);
  EXPECT_EQ(h.actions.size(), static_cast<size_t>(Relay::kMaxEndsPerTimeout));
  EXPECT_LE(h.relay().NextDeadline(), h.now) << "more is due";
  h.relay().OnTimeout(h.now, h.actions);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
}

TEST(OnTimeout, DoesNothingEarly) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Allocate(alice), 0);
  h.actions.Clear();
  h.relay().OnTimeout(h.now + (600s - 1ns), h.actions);
  EXPECT_TRUE(h.actions.empty());
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

TEST(Survey, TellsOfEachLiveAllocationOnceInAsManyCallsAsItTakes) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000"),
                 bob = h.Client("192.0.2.2:1", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice), 0);
  h.Advance(10s);
  ASSERT_EQ(h.Allocate(bob), 0);
  ASSERT_EQ(h.Permit(bob, "198.51.100.7:9"), 0);
  ASSERT_EQ(h.Bind(bob, 0x4000, "198.51.100.8:9"), 0);
  std::vector<AllocationStatus> seen;
  std::vector<std::string> names;
  uint32_t slot = 0;
  int calls = 0;
  do {
    slot = h.relay().Survey(slot, 1, h.now, [&](const AllocationStatus& status) {
      seen.push_back(status);
      names.push_back(std::string(status.username) + "@" + std::string(status.realm));
    });
  } while (slot != 0 && ++calls < 1000);
  ASSERT_EQ(names, (std::vector<std::string>{"alice@example.org", "bob@example.org"}));
  EXPECT_EQ(seen[0].allocation, h.opened[0].allocation);
  EXPECT_EQ(seen[0].five_tuple, alice.five_tuple);
  EXPECT_EQ(seen[0].relayed, h.opened[0].local);
  EXPECT_EQ(seen[0].left, 590s);
  EXPECT_EQ(seen[1].left, 600s);
  EXPECT_EQ(seen[1].permissions, 2u);
  EXPECT_EQ(seen[1].channels, 1u);
  EXPECT_GT(calls, 1);
  h.now = h.now + 595s;  // the first one is over, though no timer has fired
  names.clear();
  h.relay().Survey(0, 1000, h.now,
                   [&](const AllocationStatus& status) { names.emplace_back(status.username); });
  EXPECT_EQ(names, std::vector<std::string>{"bob"});
}

TEST(End, AnOperatorEndsAnAllocationWithItsOtherFamilyAndNoOther) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000"),
                 bob = h.Client("192.0.2.2:1", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice, [](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }), 0);
  ASSERT_EQ(h.Allocate(bob), 0);
  const AllocationHandle first = h.opened[0].allocation;
  h.actions.Clear();
  EXPECT_TRUE(h.relay().End(first, h.actions));
  EXPECT_EQ(h.actions.size(), 2u) << "two sockets are closed";
  EXPECT_EQ(h.events.ended,
            (std::vector<EndReason>{EndReason::kEndedByOperator, EndReason::kEndedByOperator}));
  EXPECT_EQ(h.relay().allocation_count(), 1u);
  EXPECT_EQ(h.quota.total(), 1u);
  EXPECT_FALSE(h.relay().HasAllocation(alice.five_tuple, h.now));
  EXPECT_TRUE(h.relay().HasAllocation(bob.five_tuple, h.now));
  EXPECT_FALSE(h.relay().End(first, h.actions)) << "it is gone";
  EXPECT_EQ(h.Refresh(alice), 437);
}

// RFC 8656 section 5: an allocation is bound to its 5-tuple.
TEST(OnClientGone, EndsTheAllocationOfThatConnectionOnly) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000"), other = h.Client("192.0.2.1:50000");
  alice.five_tuple.transport = net::Transport::kTls;
  other.five_tuple.transport = net::Transport::kTcp;
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Allocate(other), 0);
  EXPECT_TRUE(h.relay().HasAllocation(alice.five_tuple, h.now));
  h.Disconnect(alice);
  EXPECT_EQ(h.closed, std::vector<AllocationHandle>{h.opened[0].allocation});
  EXPECT_EQ(h.events.ended, std::vector<EndReason>{EndReason::kClientGone});
  EXPECT_FALSE(h.relay().HasAllocation(alice.five_tuple, h.now));
  EXPECT_TRUE(h.relay().HasAllocation(other.five_tuple, h.now));
  EXPECT_EQ(h.quota.total(), 1u);
  h.Disconnect(alice);
  EXPECT_EQ(h.events.ended.size(), 1u) << "nothing is left to end";
}

TEST(OnClientGone, EndsBothFamiliesOfADualAllocation) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  alice.five_tuple.transport = net::Transport::kTcp;
  ASSERT_EQ(h.Allocate(alice, [](auto& b) { b.Add(turn::AdditionalAddressFamily{}); }), 0);
  h.Disconnect(alice);
  EXPECT_EQ(h.closed.size(), 2u);
  EXPECT_EQ(h.relay().allocation_count(), 0u);
}

}  // namespace
TEST(Relay, StunOnlyDropsEveryMethodOfTurn) {
  RelayHarness h;
  h.config.serve_turn = false;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Ask(client, stun::Method::kBinding), 0);
  for (const stun::Method method :
       {stun::Method::kAllocate, stun::Method::kRefresh, stun::Method::kCreatePermission,
        stun::Method::kChannelBind, stun::Method::kConnect, stun::Method::kConnectionBind}) {
    EXPECT_EQ(h.Ask(client, method, RelayHarness::Udp()), -1);
  }
  EXPECT_EQ(h.relay().counters().ignored, 6u);
}

}  // namespace koeru::relay::testing
