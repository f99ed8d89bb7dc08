#pragma once

// A key that an authorization server shares with this server (RFC 7635), as coturn keeps it in its
// table oauth_key and in Redis under "turn/oauth/kid/KID".

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/relay/config.h"

namespace koeru::server {

struct OauthKey {
  std::string kid;                    // clients send it as USERNAME
  std::string ikm_key;                // base64; of longer keys the first bytes count, as in coturn
  int64_t timestamp = 0;              // when its lifetime begins, in seconds since 1970
  int64_t lifetime_s = 0;             // 0: for ever
  std::string algorithm = "A256GCM";  // or A128GCM; empty is A256GCM
  std::string realm = {};             // of the users who come with it; empty: the one they ask for
  friend bool operator==(const OauthKey&, const OauthKey&) = default;
};

// Bytes of the key that an algorithm needs; the error lists the algorithms.
absl::StatusOr<size_t> OauthKeySize(std::string_view algorithm);

// For the relay. Errors name the kid and the remedy, never the key.
absl::StatusOr<relay::TokenKey> ToTokenKey(const OauthKey& key);

}  // namespace koeru::server
