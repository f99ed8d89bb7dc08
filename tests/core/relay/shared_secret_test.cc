#include "core/relay/shared_secret.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

// openssl dgst -sha1 -hmac north -binary | base64
TEST(SharedSecret, PasswordIsBase64OfHmacSha1) {
  EXPECT_EQ(PasswordFromSecret("north", "1433895918:alice"), "RqMvcGPYTJMGThVLSi4amT4zFtI=");
  EXPECT_EQ(PasswordFromSecret("north", "1433895918"), "3dkl8uIBelQlraT8v9eCSJTyt+U=");
}

TEST(SharedSecret, MintsWhatTheRelayComputes) {
  const MintedCredential c = MintCredential("north", "alice", net::UnixTime{1433895918});
  EXPECT_EQ(c.username, "1433895918:alice");
  EXPECT_EQ(c.password, "RqMvcGPYTJMGThVLSi4amT4zFtI=");
  EXPECT_EQ(MintCredential("north", "", net::UnixTime{1433895918}).username, "1433895918");
  EXPECT_EQ(MintCredential("north", "a", net::UnixTime{5}, '#').username, "5#a");
}

TEST(SharedSecret, ReadsExpiryAndIdInEitherOrder) {
  const auto both = ParseTimeLimitedName("1433895918:alice");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->expiry.seconds, 1433895918);
  EXPECT_EQ(both->id, "alice");
  const auto turned = ParseTimeLimitedName("alice:1433895918");
  ASSERT_TRUE(turned);
  EXPECT_EQ(turned->expiry.seconds, 1433895918);
  EXPECT_EQ(turned->id, "alice");
  const auto alone = ParseTimeLimitedName("1433895918");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->id, "");
  const auto more = ParseTimeLimitedName("1433895918:alice:bob");
  ASSERT_TRUE(more);
  EXPECT_EQ(more->id, "alice:bob");
  const auto other_separator = ParseTimeLimitedName("1433895918#alice", '#');
  ASSERT_TRUE(other_separator);
  EXPECT_EQ(other_separator->id, "alice");
}

TEST(SharedSecret, FindsNoExpiryInOtherNames) {
  for (std::string_view text :
       {"", ":", "alice", "alice:bob", "12x:alice", "-5:alice", "+5:alice", " 5:alice", "0x5:a",
        "99999999999999999999:alice", "1433895918#alice"}) {
    EXPECT_FALSE(ParseTimeLimitedName(text)) << text;
  }
}

}  // namespace
}  // namespace koeru::relay
