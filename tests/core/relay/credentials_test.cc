#include "core/relay/credentials.h"

#include <gtest/gtest.h>

#include "core/relay/shared_secret.h"
#include "tests/core/relay/support/fakes.h"

namespace koeru::relay {
namespace {

using Status = KeyCandidates::Status;
constexpr net::UnixTime kNow{1'700'000'000};

// The edge's reader: tokens are "expiry.subject" here.
class ToyReader final : public WebTokenReader {
 public:
  std::optional<WebTokenClaims> Read(std::string_view username) const override {
    const size_t dot = username.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    WebTokenClaims claims{.expiry = {std::stoll(std::string(username.substr(0, dot)))},
                          .subject = std::string(username.substr(dot + 1))};
    if (claims.subject == "guest") claims.audience = {"elsewhere.example"};
    return claims;
  }
};

class CredentialsTest : public ::testing::Test {
 protected:
  CredentialsTest() { config_.realm = "example.org"; }
  Credentials Make() { return Credentials(config_, random_); }
  static LongTermKey Md5(std::string_view name, std::string_view password) {
    return LongTermKey::Derive(KeyAlgorithm::kMd5, name, "example.org", password);
  }

  void UseWebTokens() {
    config_.web_token_secrets = {"north", "south"};
    config_.web_token_reader = &reader_;
  }

  RelayConfig config_;
  const ToyReader reader_;
  testing::SeededRandom random_;
};

TEST_F(CredentialsTest, FindsTheKeysOfAUserWithAPassword) {
  config_.users.push_back({"alice", "secret", {}});
  const Credentials credentials = Make();
  const auto md5 = credentials.FindKeys("alice", KeyAlgorithm::kMd5, kNow);
  EXPECT_EQ(md5.status, Status::kKnown);
  ASSERT_EQ(md5.keys.size(), 1u);
  EXPECT_EQ(md5.keys[0], Md5("alice", "secret"));
  const auto sha256 = credentials.FindKeys("alice", KeyAlgorithm::kSha256, kNow);
  EXPECT_EQ(sha256.keys[0],
            LongTermKey::Derive(KeyAlgorithm::kSha256, "alice", "example.org", "secret"));
  EXPECT_TRUE(credentials.offers_sha256());
}

TEST_F(CredentialsTest, TakesAKeyInPlaceOfAPasswordAndOffersNoSha256Then) {
  const LongTermKey key = Md5("alice", "secret");
  config_.users.push_back({"alice", "", {key.bytes().begin(), key.bytes().end()}});
  const Credentials credentials = Make();
  EXPECT_EQ(credentials.FindKeys("alice", KeyAlgorithm::kMd5, kNow).keys[0], key);
  EXPECT_FALSE(credentials.offers_sha256());
}

TEST_F(CredentialsTest, GivesAKeyForUnknownUsersThatNobodyCanKnow) {
  config_.users.push_back({"alice", "secret", {}});
  const auto first = Make().FindKeys("mallory", KeyAlgorithm::kMd5, kNow);
  EXPECT_EQ(first.status, Status::kUnknownUser);
  ASSERT_EQ(first.keys.size(), 1u);
  EXPECT_NE(first.keys[0], Md5("mallory", ""));
  EXPECT_NE(first.keys[0], Make().FindKeys("mallory", KeyAlgorithm::kMd5, kNow).keys[0])
      << "random, so another server has another one";
}

TEST_F(CredentialsTest, DerivesAKeyFromEverySharedSecret) {
  config_.shared_secrets = {"old", "new"};
  const auto c = MintCredential("new", "alice", {kNow.seconds + 60});
  const auto found = Make().FindKeys(c.username, KeyAlgorithm::kMd5, kNow);
  EXPECT_EQ(found.status, Status::kKnown);
  ASSERT_EQ(found.keys.size(), 2u);
  EXPECT_EQ(found.keys[1], Md5(c.username, c.password));
}

TEST_F(CredentialsTest, TimeLimitedCredentialsEndAtTheirSecond) {
  config_.shared_secrets = {"north"};
  const auto c = MintCredential("north", "alice", kNow);
  const Credentials credentials = Make();
  const net::UnixTime before{kNow.seconds - 1};
  EXPECT_EQ(credentials.FindKeys(c.username, KeyAlgorithm::kMd5, before).status, Status::kKnown);
  EXPECT_EQ(credentials.FindKeys(c.username, KeyAlgorithm::kMd5, kNow).status, Status::kExpired);
}

TEST_F(CredentialsTest, WithoutASecretATimestampMakesNoUser) {
  EXPECT_EQ(Make().FindKeys("99999999999:alice", KeyAlgorithm::kMd5, kNow).status,
            Status::kUnknownUser);
}

TEST_F(CredentialsTest, DerivesAKeyOfAWebTokenFromEverySecret) {
  UseWebTokens();
  const std::string name = std::to_string(kNow.seconds + 60) + ".alice";
  const auto found = Make().FindKeys(name, KeyAlgorithm::kMd5, kNow);
  EXPECT_EQ(found.status, Status::kKnown);
  ASSERT_EQ(found.keys.size(), 2u);
  EXPECT_EQ(found.keys[0], Md5(name, PasswordFromWebTokenSecret("north", name)));
  EXPECT_EQ(found.keys[1], Md5(name, PasswordFromWebTokenSecret("south", name)));
  EXPECT_EQ(Make().QuotaName(name), "alice");
  EXPECT_TRUE(Make().offers_sha256());
}

TEST_F(CredentialsTest, WebTokensEndAtTheirSecond) {
  UseWebTokens();
  const std::string name = std::to_string(kNow.seconds) + ".alice";
  EXPECT_EQ(Make().FindKeys(name, KeyAlgorithm::kMd5, {kNow.seconds - 1}).status, Status::kKnown);
  EXPECT_EQ(Make().FindKeys(name, KeyAlgorithm::kMd5, kNow).status, Status::kExpired);
}

TEST_F(CredentialsTest, AWebTokenForAnotherAudienceIsNobodys) {
  UseWebTokens();
  const std::string name = std::to_string(kNow.seconds + 60) + ".guest";
  EXPECT_EQ(Make().FindKeys(name, KeyAlgorithm::kMd5, kNow).status, Status::kUnknownUser);
  EXPECT_EQ(Make().QuotaName(name), name);
}

TEST_F(CredentialsTest, WithoutASecretAWebTokenIsNobodys) {
  config_.web_token_reader = &reader_;
  EXPECT_EQ(Make().FindKeys("99999999999.alice", KeyAlgorithm::kMd5, kNow).status,
            Status::kUnknownUser);
}

TEST_F(CredentialsTest, AUserOfTheFileComesBeforeAWebTokenOfThatName) {
  UseWebTokens();
  config_.users.push_back({"99999999999.alice", "secret", {}});
  const auto found = Make().FindKeys("99999999999.alice", KeyAlgorithm::kMd5, kNow);
  ASSERT_EQ(found.keys.size(), 1u);
  EXPECT_EQ(found.keys[0], Md5("99999999999.alice", "secret"));
  EXPECT_EQ(Make().QuotaName("99999999999.alice"), "99999999999.alice");
  EXPECT_FALSE(Make().offers_userhash());
}

TEST_F(CredentialsTest, FindsUsersByTheirHash) {
  config_.users.push_back({"alice", "secret", {}});
  const Credentials credentials = Make();
  EXPECT_TRUE(credentials.offers_userhash());
  EXPECT_EQ(credentials.FindByUserhash(stun::ComputeUserhash("alice", "example.org")), "alice");
  EXPECT_FALSE(credentials.FindByUserhash(stun::ComputeUserhash("bob", "example.org")));
}

TEST_F(CredentialsTest, OffersNoUserhashWhereUsersAreNotKnownInAdvance) {
  config_.users.push_back({"alice", "secret", {}});
  config_.shared_secrets = {"north"};
  EXPECT_FALSE(Make().offers_userhash());
}

TEST_F(CredentialsTest, QuotasCountTheIdOfATimeLimitedName) {
  config_.users.push_back({"5:static", "secret", {}});
  config_.shared_secrets = {"north"};
  const Credentials credentials = Make();
  EXPECT_EQ(credentials.QuotaName("1433895918:alice"), "alice");
  EXPECT_EQ(credentials.QuotaName("1433895999:alice"), "alice");
  EXPECT_EQ(credentials.QuotaName("1433895918"), "1433895918");
  EXPECT_EQ(credentials.QuotaName("5:static"), "5:static");
  EXPECT_EQ(credentials.QuotaName("alice"), "alice");
}

}  // namespace
}  // namespace koeru::relay
