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
}  // namespace koeru::relay::testing
