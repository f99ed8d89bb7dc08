#include "native_server/users/web_token_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view kPayload = R"({"exp":1800000000})";

std::string Token(std::string_view header, std::string_view payload) {
  return crypto::ToBase64Url(AsBytes(header)) + "." + crypto::ToBase64Url(AsBytes(payload));
}

std::optional<relay::WebTokenClaims> Read(std::string_view header, std::string_view payload) {
  return WebTokenJson().Read(Token(header, payload));
}

TEST(WebTokenJson, ReadsClaimsAndIgnoresOthers) {
  const auto claims = Read(kHeader, R"({"sub":"alice","exp":1800000000,"nbf":1700000000,
      "aud":["example.org","chat"],"iss":"https://login.example.org","roles":{"a":[1,null]}})");
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->expiry.seconds, 1800000000);
  EXPECT_EQ(claims->not_before->seconds, 1700000000);
  EXPECT_EQ(claims->subject, "alice");
  EXPECT_THAT(*claims->audience, ElementsAre("example.org", "chat"));
}

TEST(WebTokenJson, WhatIsNotThereIsEmpty) {
  const auto claims = Read(kHeader, kPayload);
  ASSERT_TRUE(claims);
  EXPECT_FALSE(claims->not_before);
  EXPECT_FALSE(claims->audience);
  EXPECT_THAT(claims->subject, IsEmpty());
}

TEST(WebTokenJson, Rfc7519_2_TimesMayHaveAFraction) {
  EXPECT_EQ(Read(kHeader, R"({"exp":1800000000.9})")->expiry.seconds, 1800000000);
  EXPECT_EQ(Read(kHeader, R"({"exp":1.8e9})")->expiry.seconds, 1800000000);
}

TEST(WebTokenJson, Rfc7519_4_1_3_AnAudienceMayBeOneString) {
  EXPECT_THAT(*Read(kHeader, R"({"exp":1,"aud":"example.org"})")->audience,
              ElementsAre("example.org"));
}

TEST(WebTokenJson, TakesHs256AndNoOtherAlgorithm) {
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"hs256"})", R"({"alg":"HS384"})", R"({"alg":"RS256"})",
        R"({"alg":["HS256"]})", R"({"typ":"JWT"})", R"({})", R"([])", R"("HS256")", "", "{"}) {
    EXPECT_FALSE(Read(header, kPayload)) << header;
  }
}

TEST(WebTokenJson, Rfc7515_4_1_11_WhatMustBeUnderstoodIsNot) {
  EXPECT_FALSE(Read(R"({"alg":"HS256","crit":["b64"],"b64":false})", kPayload));
}

TEST(WebTokenJson, ClaimsOfAnotherTypeMakeNoToken) {
  for (const char* payload :
       {R"({})", R"({"exp":"1800000000"})", R"({"exp":null})", R"({"exp":1e300})",
        R"({"exp":-1e300})", R"({"exp":1,"nbf":"now"})", R"({"exp":1,"sub":7})",
        R"({"exp":1,"aud":7})", R"({"exp":1,"aud":["a",7]})", R"([{"exp":1}])", "1800000000"}) {
    EXPECT_FALSE(Read(kHeader, payload)) << payload;
  }
}

TEST(WebTokenJson, NestingDoesNotCostTheStack) {
  EXPECT_FALSE(Read(kHeader, R"({"exp":1,"a":)" + std::string(100'000, '[')));
  EXPECT_FALSE(Read(std::string(100'000, '['), kPayload));
}

TEST(WebTokenJson, OtherNamesAreNoTokens) {
  const std::string token = Token(kHeader, kPayload);
  for (const std::string& name :
       {std::string(), std::string("."), std::string("alice"), std::string("1800000000:alice"),
        token + ".", token + ".c2ln", "." + token, token + "=", token.substr(0, token.find('.')),
        token + "\n"}) {
    EXPECT_FALSE(WebTokenJson().Read(name)) << name;
  }
}

}  // namespace
}  // namespace koeru::server
