#include "native_server/users/oauth_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The rows of coturn's testsqldbsetup.sql; a line's end is part of what is in base64.
TEST(OauthKey, OfLongerKeysTheFirstBytesCountAsInCoturn) {
  const auto north = ToTokenKey({.kid = "north",
                                 .ikm_key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEK",
                                 .realm = "crinna.org"});
  ASSERT_TRUE(north.ok()) << north.status();
  EXPECT_EQ(AsText(north->key), "01234567890123456789012345678901");
  EXPECT_EQ(north->kid, "north");
  EXPECT_FALSE(north->end);
  const auto unions = ToTokenKey(
      {.kid = "union", .ikm_key = "MTIzNDU2Nzg5MDEyMzQ1Ngo=", .algorithm = "A128GCM", .realm = {}});
  ASSERT_TRUE(unions.ok()) << unions.status();
  EXPECT_EQ(AsText(unions->key), "1234567890123456");
}

TEST(OauthKey, ItsLifetimeEndsFiveSecondsLate) {
  const auto key = ToTokenKey({"k", "MTIzNDU2Nzg5MDEyMzQ1Ng==", 1000, 600, "A128GCM", ""});
  EXPECT_EQ(key->end, net::UnixTime{1605});
}

TEST(OauthKey, ErrorsNameTheKidAndNeverTheKey) {
  const std::string hidden = "aGlkZGVu";
  const auto short_key = ToTokenKey({.kid = "a\nb", .ikm_key = hidden, .realm = {}});
  EXPECT_EQ(short_key.status().message(),
            "oauth key a\\x0ab: the key has 6 bytes, and its algorithm needs 32");
  for (const auto& wrong :
       {ToTokenKey({.kid = "k", .ikm_key = hidden + "%", .realm = {}}),
        ToTokenKey({.kid = "k", .ikm_key = hidden, .algorithm = "A192GCM", .realm = {}})}) {
    EXPECT_THAT(wrong.status().message(), HasSubstr("oauth key k: "));
    EXPECT_THAT(wrong.status().message(), Not(HasSubstr(hidden)));
  }
}

}  // namespace
}  // namespace koeru::server
