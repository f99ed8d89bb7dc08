#include "native_server/users/redis_keys.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

// As in coturn's schema.userdb.redis.
TEST(RedisKeys, AreCoturns) {
  EXPECT_EQ(RedisKeyOf(Table::kUsers, "north.gov", "gorst"), "turn/realm/north.gov/user/gorst/key");
  EXPECT_EQ(RedisKeyOf(Table::kSecrets, "north.gov", ""), "turn/realm/north.gov/secret");
  EXPECT_EQ(RedisKeyOf(Table::kAllowedPeers, "north.gov", ""),
            "turn/realm/north.gov/allowed-peer-ip");
  EXPECT_EQ(RedisKeyOf(Table::kDeniedPeers, "north.gov", ""),
            "turn/realm/north.gov/denied-peer-ip");
  EXPECT_EQ(RedisKeyOf(Table::kOrigins, "", "http://crinna.org:80"),
            "turn/origin/http://crinna.org:80");
  EXPECT_EQ(RedisKeyOf(Table::kRealmOptions, "crinna.org", "max-bps"),
            "turn/realm/crinna.org/max-bps");
  EXPECT_EQ(RedisKeyOf(Table::kAdmins, "", "bayaz"), "turn/admin_user/bayaz");
}

TEST(RedisKeys, ComeBackFromTheirText) {
  for (const Record& record : {Record{"north.gov", "gorst", ""}, Record{"r", "a/user/b/key", ""},
                               Record{"", "x", ""}}) {
    EXPECT_EQ(ParseRedisKey(Table::kUsers, RedisKeyOf(Table::kUsers, record.realm, record.name)),
              record);
  }
  EXPECT_EQ(ParseRedisKey(Table::kRealmOptions, "turn/realm/a/b/user-quota"),
            (Record{"a/b", "user-quota", ""}));
  EXPECT_EQ(ParseRedisKey(Table::kOrigins, "turn/origin/http://x:80"),
            (Record{"", "http://x:80", ""}));
  EXPECT_EQ(ParseRedisKey(Table::kSecrets, "turn/realm/r/secret"), (Record{"r", "", ""}));
}

TEST(RedisKeys, KeysOfOtherTablesAreNone) {
  EXPECT_FALSE(ParseRedisKey(Table::kRealmOptions, "turn/realm/r/secret"));
  EXPECT_FALSE(ParseRedisKey(Table::kUsers, "turn/realm/r/secret"));
  EXPECT_FALSE(ParseRedisKey(Table::kUsers, "turn/realm/r/key"));
  EXPECT_FALSE(ParseRedisKey(Table::kSecrets, "turn/realm/"));
  EXPECT_FALSE(ParseRedisKey(Table::kAdmins, ""));
}

TEST(RedisKeys, ARealmInAPatternIsText) {
  EXPECT_EQ(RedisPatternOf(Table::kUsers, std::nullopt), "turn/realm/*/user/*/key");
  EXPECT_EQ(RedisPatternOf(Table::kUsers, "a*[b]?\\"), "turn/realm/a\\*\\[b\\]\\?\\\\/user/*/key");
}

}  // namespace
}  // namespace koeru::server
