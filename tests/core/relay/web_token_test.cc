#include "core/relay/web_token.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"

namespace koeru::relay {
namespace {

constexpr net::UnixTime kNow{1'700'000'000};

TEST(WebToken, Rfc7515_A_1_TheSignatureIsThePassword) {
  const auto key = crypto::FromBase64Url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  ASSERT_TRUE(key.ok());
  const std::string_view username =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogI"
      "mh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  EXPECT_EQ(PasswordFromWebTokenSecret(AsText(*key), username),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  EXPECT_NE(PasswordFromWebTokenSecret("another", username),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST(WebToken, Rfc7519_4_1_4_CountsBeforeExpAndNotAtIt) {
  const WebTokenClaims claims{.expiry = kNow};
  EXPECT_TRUE(claims.CountsAt({kNow.seconds - 1}));
  EXPECT_FALSE(claims.CountsAt(kNow));
}

TEST(WebToken, Rfc7519_4_1_5_CountsFromNbfOn) {
  const WebTokenClaims claims{.expiry = {kNow.seconds + 60}, .not_before = kNow};
  EXPECT_FALSE(claims.CountsAt({kNow.seconds - 1}));
  EXPECT_TRUE(claims.CountsAt(kNow));
}

TEST(WebToken, Rfc7519_4_1_3_IsForEverybodyOrForItsAudienceOnly) {
  EXPECT_TRUE(WebTokenClaims{}.IsFor("example.org"));
  EXPECT_TRUE((WebTokenClaims{.audience = {{"chat", "example.org"}}}.IsFor("example.org")));
  EXPECT_FALSE((WebTokenClaims{.audience = {{"chat"}}}.IsFor("example.org")));
  EXPECT_FALSE((WebTokenClaims{.audience = std::vector<std::string>{}}.IsFor("example.org")));
}

}  // namespace
}  // namespace koeru::relay
