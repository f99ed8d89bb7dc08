#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

namespace attribute_type = stun::attribute_type;

TEST(Allocate, AnswersTheFirstRequestWithRealmAndNonce) {
  RelayHarness h;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Ask(alice, stun::Method::kAllocate, RelayHarness::Udp()), 401);
  EXPECT_EQ(h.Get<stun::Realm>()->text, "example.org");
  EXPECT_TRUE(h.ReplyHas(attribute_type::kNonce));
  EXPECT_FALSE(h.ReplyHas(attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.relay().allocation_count(), 0u);
  EXPECT_TRUE(h.events.refused.empty()) << "every client's first request is no event";
}

TEST(Allocate, GivesARelayedAddressAndTellsTheClientItsOwn) {
  RelayHarness h;
  h.config.software = "Koeru";
  h.config.relay_addresses = {{At("10.0.0.5"), At("203.0.113.1")}};
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  alice.fingerprint = true;
  ASSERT_EQ(h.Allocate(alice), 0);

  ASSERT_EQ(h.opened.size(), 1u);
  EXPECT_EQ(h.opened[0].local.address, At("10.0.0.5"));
  const auto relayed = h.Get<turn::XorRelayedAddress>();
  EXPECT_EQ(relayed->endpoint.address, At("203.0.113.1"));
  EXPECT_EQ(relayed->endpoint.port, h.opened[0].local.port);
  EXPECT_GE(relayed->endpoint.port, 49152);
  EXPECT_EQ(h.Get<stun::XorMappedAddress>()->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ(h.Get<turn::Lifetime>()->seconds, 600u);
  EXPECT_TRUE(h.ReplyHas(attribute_type::kSoftware));

  const auto message = stun::MessageView::Parse(*h.reply);
  EXPECT_EQ(stun::CheckMessageIntegrity(*message, alice.Key().bytes()),
            stun::IntegrityVerdict::kValid);
  EXPECT_EQ(stun::CheckFingerprint(*message), stun::FingerprintVerdict::kValid);
  EXPECT_EQ(h.events.created, std::vector<std::string>{"alice"});
}

TEST(Allocate, WaitsForTheRelaySocket) {
  RelayHarness h;
  h.sockets_open = false;
  ScriptedClient alice = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Allocate(alice), -1);
  EXPECT_EQ(h.opened.size(), 1u);
  EXPECT_EQ(h.Refresh(alice), 437) << "a pending allocation is none yet";
}

}  // namespace
}  // namespace koeru::relay::testing
