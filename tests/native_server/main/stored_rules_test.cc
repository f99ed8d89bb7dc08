#include "native_server/main/stored_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class StoredRulesTest : public ::testing::Test {
 protected:
  absl::Status Add(const StoredRules& rules) { return AddStoredRules(rules, config_, options_); }
  relay::RelayConfig config_;
  ServerOptions options_;
};

TEST_F(StoredRulesTest, AreAddedToWhatTheFileSaysAndQuotasWin) {
  config_.shared_secrets = {"north"};
  options_.user_quota = 5;
  ASSERT_TRUE(Add({.secrets = {"north", "south"},
                   .allowed_peers = {{"r", "10.0.0.0/8", ""}},
                   .denied_peers = {{"", "192.0.2.1-192.0.2.9", ""}},
                   .realm_options = {{"r", "user-quota", "2"},
                                     {"r", "total-quota", "9"},
                                     {"r", "max-bps", "1000"}}})
                  .ok());
  EXPECT_THAT(config_.shared_secrets, ElementsAre("north", "south"));
  ASSERT_EQ(config_.allowed_peers.size(), 1u);
  EXPECT_EQ(config_.allowed_peers[0].origin, "allowed_peer_ip 10.0.0.0/8 of the database");
  ASSERT_EQ(config_.denied_peers.size(), 1u);
  EXPECT_EQ(config_.denied_peers[0].last, net::Address::V4(192, 0, 2, 9));
  EXPECT_EQ(options_.user_quota, 2u);
  EXPECT_EQ(options_.total_quota, 9u);
  EXPECT_EQ(options_.max_bps, 1000u);
  EXPECT_EQ(config_.max_bytes_per_second, 1000u);
}

TEST_F(StoredRulesTest, KeysOfAuthorizationServersAreTakenOrNamed) {
  const std::string key = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIK";  // coturn's example
  ASSERT_TRUE(Add({.oauth_keys = {{"north", key}, {"union", key, 1000, 600, "A128GCM"}}}).ok());
  ASSERT_EQ(config_.token_keys.size(), 2u);
  EXPECT_EQ(config_.token_keys[0].key.size(), 32u);
  EXPECT_EQ(config_.token_keys[1].end, net::UnixTime{1605});
  const absl::Status status = Add({.oauth_keys = {{"south", key}, {"x\n", "short"}}});
  EXPECT_THAT(status.message(), HasSubstr("oauth key x\\x0a: the key is not base64"));
  EXPECT_THAT(status.message(), HasSubstr("koeru oauth-key"));
  EXPECT_EQ(config_.token_keys.size(), 2u);
}

TEST_F(StoredRulesTest, FurtherRealmsHaveWhatTheFileSaysAndTheirOwn) {
  config_.realm = "r";
  config_.shared_secrets = {"file"};
  config_.denied_peers = {{net::Address::V4(1, 1, 1, 1), net::Address::V4(1, 1, 1, 1), "file"}};
  options_.user_quota = 5;
  options_.max_bps = 700;
  ASSERT_TRUE(Add({.secrets = {"default"},
                   .denied_peers = {{"r", "2.2.2.2", ""}, {"", "3.3.3.3", ""}},
                   .realm_options = {{"r", "user-quota", "1"}},
                   .origins = {{"crinna.org", "HTTP://Crinna.org", ""}},
                   .other_realms = {{.name = "crinna.org",
                                     .secrets = {"library"},
                                     .denied_peers = {{"crinna.org", "4.4.4.4", ""}},
                                     .realm_options = {{"crinna.org", "total-quota", "9"}}}}})
                  .ok());
  ASSERT_EQ(config_.other_realms.size(), 1u);
  const relay::RealmConfig& realm = config_.other_realms[0];
  EXPECT_EQ(realm.name, "crinna.org");
  EXPECT_THAT(realm.shared_secrets, ElementsAre("file", "library"));
  ASSERT_EQ(realm.denied_peers.size(), 3u);
  EXPECT_EQ(realm.denied_peers[0].origin, "file");
  EXPECT_EQ(realm.denied_peers[1].first, net::Address::V4(3, 3, 3, 3));
  EXPECT_EQ(realm.denied_peers[2].first, net::Address::V4(4, 4, 4, 4));
  EXPECT_EQ(realm.user_quota, 5u) << "the file's, not the default realm's";
  EXPECT_EQ(realm.total_quota, 9u);
  EXPECT_EQ(realm.max_bytes_per_second, 700u);
  ASSERT_EQ(config_.realm_by_origin.size(), 1u);
  EXPECT_EQ(config_.realm_by_origin[0].origin, "http://crinna.org:80");
  EXPECT_EQ(config_.realm_by_origin[0].realm, "crinna.org");
  EXPECT_FALSE(Add({.other_realms = {{.name = "x", .denied_peers = {{"x", "none", ""}}}}}).ok());
}

// Leaving out one denied range would open it.
TEST_F(StoredRulesTest, OneThatIsWrongChangesNothingAtAll) {
  const absl::Status status =
      Add({.secrets = {"south"}, .denied_peers = {{"r", "192.0.2.1", ""}, {"r", "x\n", ""}}});
  EXPECT_THAT(status.message(), HasSubstr("denied_peer_ip of realm \"r\""));
  EXPECT_THAT(status.message(), HasSubstr("koeru peer remove"));
  EXPECT_FALSE(Add({.realm_options = {{"r", "user-quota", "many"}}}).ok());
  EXPECT_TRUE(config_.shared_secrets.empty());
  EXPECT_TRUE(config_.denied_peers.empty());
}

}  // namespace
}  // namespace koeru::server
