#pragma once

// Time-limited credentials ("TURN REST API", draft-uberti-behave-turn-rest): a web server and the
// relay share a secret; the web server hands out
//
//   username = expiry ":" id                       expiry in seconds since 1970
//   password = base64(HMAC-SHA1(secret, username))
//
// and the relay computes the same password without having heard of the user before.
//
//   MintedCredential c = MintCredential(secret, "alice", UnixTime{now + 3600});

#include <optional>
#include <string>
#include <string_view>

#include "core/net/time.h"

namespace koeru::relay {

struct MintedCredential {
  std::string username;
  std::string password;
};

// An empty id gives a username of the expiry alone.
MintedCredential MintCredential(std::string_view secret, std::string_view id, net::UnixTime expiry,
                                char separator = ':');

// The password that belongs to `username`.
std::string PasswordFromSecret(std::string_view secret, std::string_view username);

// What a time-limited username says. Read as coturn does: "expiry:id", "id:expiry" or "expiry".
struct TimeLimitedName {
  net::UnixTime expiry;
  std::string_view id;  // a view into the username; empty when there is none
};
// Null when there is no expiry in it.
std::optional<TimeLimitedName> ParseTimeLimitedName(std::string_view username,
                                                    char separator = ':');

}  // namespace koeru::relay
