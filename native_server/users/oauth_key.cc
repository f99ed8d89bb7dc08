#include "native_server/users/oauth_key.h"

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/crypto/base64.h"
#include "core/relay/access_token.h"

namespace koeru::server {

absl::StatusOr<size_t> OauthKeySize(std::string_view algorithm) {
  if (algorithm.empty() || algorithm == "A256GCM") return 32;
  if (algorithm == "A128GCM") return 16;
  return absl::InvalidArgumentError(
      absl::StrCat(Escape(algorithm), " is no algorithm: write A256GCM or A128GCM"));
}

absl::StatusOr<relay::TokenKey> ToTokenKey(const OauthKey& key) {
  const std::string place = absl::StrCat("oauth key ", Escape(key.kid), ": ");
  const auto size = OauthKeySize(key.algorithm);
  if (!size.ok()) return absl::InvalidArgumentError(absl::StrCat(place, size.status().message()));
  auto bytes = crypto::FromBase64(key.ikm_key);
  if (!bytes.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(place, "the key is not base64"));
  }
  if (bytes->size() < *size) {
    return absl::InvalidArgumentError(absl::StrCat(place, "the key has ", bytes->size(),
                                                   " bytes, and its algorithm needs ", *size));
  }
  bytes->resize(*size);
  relay::TokenKey token_key{key.kid, *std::move(bytes)};
  token_key.realm = key.realm;
  if (key.lifetime_s > 0) {
    token_key.end = net::UnixTime{key.timestamp + key.lifetime_s + relay::kTokenClockSkew_s};
  }
  return token_key;
}

}  // namespace koeru::server
