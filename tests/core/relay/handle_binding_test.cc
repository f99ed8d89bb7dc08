#include <gtest/gtest.h>

#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/fingerprint.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

TEST(Binding, TellsTheClientItsAddressWithoutCredentials) {
  for (std::string_view address : {"192.0.2.1:50000", "[2001:db8::9]:50000"}) {
    RelayHarness h;
    ScriptedClient client = h.Client(address);
    ASSERT_EQ(h.Ask(client, stun::Method::kBinding), 0);
    EXPECT_EQ(h.Get<stun::XorMappedAddress>()->endpoint, Ep(address));
    EXPECT_EQ(stun::CheckFingerprint(*stun::MessageView::Parse(*h.reply)),
              stun::FingerprintVerdict::kAbsent);
  }
}

TEST(Binding, AddsFingerprintWhenTheRequestHadOne) {
  RelayHarness h;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  client.fingerprint = true;
  ASSERT_EQ(h.Ask(client, stun::Method::kBinding), 0);
  EXPECT_EQ(stun::CheckFingerprint(*stun::MessageView::Parse(*h.reply)),
            stun::FingerprintVerdict::kValid);
}

TEST(Binding, SendsMappedAddressTooForOldClients) {
  for (const bool wanted : {true, false}) {
    RelayHarness h;
    h.config.mapped_address = wanted;
    ScriptedClient client = h.Client("192.0.2.1:50000");
    ASSERT_EQ(h.Ask(client, stun::Method::kBinding), 0);
    EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kXorMappedAddress));
    EXPECT_EQ(h.ReplyHas(stun::attribute_type::kMappedAddress), wanted);
  }
}

TEST(Binding, SendsSoftwareOnlyWhenConfigured) {
  RelayHarness h;
  h.config.software = "Koeru 1";
  ScriptedClient client = h.Client("192.0.2.1:50000");
  ASSERT_EQ(h.Ask(client, stun::Method::kBinding), 0);
  EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kSoftware));
}

}  // namespace
TEST(Binding, WithoutStunNobodyIsAnsweredAndAllocationsAre) {
  RelayHarness h;
  h.config.serve_stun = false;
  h.config.rfc3489_binding = true;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Ask(client, stun::Method::kBinding), -1);
  EXPECT_EQ(h.relay().counters().ignored, 1u);
  EXPECT_EQ(h.Allocate(client), 0);
}

TEST(Binding, SecureStunWantsCredentialsAndSignsItsAnswer) {
  RelayHarness h;
  h.config.authenticate_binding = true;
  ScriptedClient client = h.Client("192.0.2.1:50000");
  EXPECT_EQ(h.Ask(client, stun::Method::kBinding), 401);
  EXPECT_FALSE(h.ReplyHas(stun::attribute_type::kXorMappedAddress));
  client.nonce = h.Get<stun::Nonce>()->text;
  ASSERT_EQ(h.Ask(client, stun::Method::kBinding), 0);
  EXPECT_EQ(h.Get<stun::XorMappedAddress>()->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kMessageIntegrity));
  ScriptedClient wrong = h.Client("192.0.2.2:50000", "alice", "guessed");
  EXPECT_EQ(h.Ask(wrong, stun::Method::kBinding), 401);
  wrong.nonce = h.Get<stun::Nonce>()->text;
  EXPECT_EQ(h.Ask(wrong, stun::Method::kBinding), 401);
}

}  // namespace koeru::relay::testing
