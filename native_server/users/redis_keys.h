#pragma once

// coturn's schema for Redis: which key holds a record, and the other way round.
//
//   users          "turn/realm/REALM/user/NAME/key"          the key, as text
//   secrets, peers "turn/realm/REALM/secret" and the like    a set of names
//   origins        "turn/origin/NAME"                        the realm
//   realm options  "turn/realm/REALM/max-bps"                the number
//   admins         "turn/admin_user/NAME"                    a hash: password, realm
//   oauth keys     "turn/oauth/kid/KID"                      a hash: ikm_key, timestamp, lifetime,
//                                                            as_rs_alg, realm

#include <optional>
#include <string>

#include "native_server/users/user_store.h"

namespace koeru::server {

inline constexpr std::string_view kRedisOauthPrefix = "turn/oauth/kid/";

enum class RedisForm : uint8_t { kText, kSet, kHash };

RedisForm RedisFormOf(Table table);

// Of one record; of all records of the realm for a set.
std::string RedisKeyOf(Table table, const std::string& realm, const std::string& name);

// Pattern for SCAN that all keys of the table fit, of one realm or of all; other keys may, too.
std::string RedisPatternOf(Table table, const std::optional<std::string>& realm);

// Realm and name from a key; of a set the realm alone, of an origin the name alone. Nothing: it is
// no key of the table.
std::optional<Record> ParseRedisKey(Table table, std::string_view key);

}  // namespace koeru::server
