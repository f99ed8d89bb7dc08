#include "core/relay/token_keys.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

class TokenKeysTest : public ::testing::Test {
 protected:
  TokenKeysTest() {
    config.realm = "example.org";
    config.token_keys = {{"north", std::vector<uint8_t>(32, 1)},
                         {"union", std::vector<uint8_t>(16, 2)},
                         {"old", std::vector<uint8_t>(32, 1), net::UnixTime{1000}}};
  }
  TokenKeys::Opened Open(std::string_view kid, const std::vector<uint8_t>& key,
                         net::UnixTime wall, std::string_view server = "example.org") {
    const TokenContent content{*LongTermKey::OfToken(std::vector<uint8_t>(20, 3)), {900}, 600};
    const auto block = SealAccessToken(content, nonce, key, server);
    return TokenKeys(config).Open(kid, {nonce, block}, wall);
  }
  const std::vector<uint8_t> nonce = std::vector<uint8_t>(12, 5);
  RelayConfig config;
};

TEST_F(TokenKeysTest, TheKidChoosesTheKey) {
  EXPECT_FALSE(Open("north", std::vector<uint8_t>(32, 1), {950}).refused);
  EXPECT_FALSE(Open("union", std::vector<uint8_t>(16, 2), {950}).refused);
  EXPECT_EQ(Open("union", std::vector<uint8_t>(32, 1), {950}).refused, RefusalCause::kBadToken);
  EXPECT_EQ(Open("south", std::vector<uint8_t>(32, 1), {950}).refused,
            RefusalCause::kUnknownTokenKey);
  EXPECT_EQ(Open("", std::vector<uint8_t>(32, 1), {950}).refused,
            RefusalCause::kUnknownTokenKey);
}

TEST_F(TokenKeysTest, AKeyWhoseLifetimeIsOverOpensNothing) {
  EXPECT_FALSE(Open("old", std::vector<uint8_t>(32, 1), {999}).refused);
  const auto late = Open("old", std::vector<uint8_t>(32, 1), {1000});
  EXPECT_EQ(late.refused, RefusalCause::kUnknownTokenKey);
  EXPECT_EQ(late.detail, "the key's lifetime is over");
}

TEST_F(TokenKeysTest, TokensAreForTheServerNameOrElseTheRealm) {
  EXPECT_EQ(TokenKeys(config).server_name(), "example.org");
  config.server_name = "turn.example.org";
  EXPECT_EQ(TokenKeys(config).server_name(), "turn.example.org");
  EXPECT_EQ(Open("north", std::vector<uint8_t>(32, 1), {950}).refused, RefusalCause::kBadToken);
  EXPECT_FALSE(Open("north", std::vector<uint8_t>(32, 1), {950}, "turn.example.org").refused);
  EXPECT_EQ(Open("north", std::vector<uint8_t>(32, 1), {1505}, "turn.example.org").refused,
            RefusalCause::kExpiredToken);
}

}  // namespace
}  // namespace koeru::relay
