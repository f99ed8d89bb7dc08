#include "core/relay/token_keys.h"

#include <array>

namespace koeru::relay {

TokenKeys::TokenKeys(const RelayConfig& config)
    : server_name_(config.server_name.empty() ? config.realm : config.server_name) {
  for (const TokenKey& key : config.token_keys) key_by_kid_.insert_or_assign(key.kid, &key);
  // mbedTLS makes its AES tables at the first use, without a lock: here, where no other thread has
  // these keys yet.
  if (config.token_keys.empty()) return;
  const std::array<uint8_t, crypto::kAesGcmNonceSize> nonce{};
  std::array<uint8_t, crypto::kAesGcmTagSize> sealed;
  crypto::SealAesGcm(config.token_keys.front().key, {nonce, {}}, {}, sealed);
}

TokenKeys::Opened TokenKeys::Open(std::string_view kid, const stun::AccessToken& token,
                                  net::UnixTime wall) const {
  // RFC 7635 section 7: "STUN server selects the keying material based on kid signaled in the
  // USERNAME attribute."
  const auto found = key_by_kid_.find(kid);
  if (found == key_by_kid_.end()) return {RefusalCause::kUnknownTokenKey};
  const TokenKey& key = *found->second;
  if (key.end && *key.end <= wall) {
    return {RefusalCause::kUnknownTokenKey, "the key's lifetime is over"};
  }
  // "If the authenticated decrypt operation returns FAIL": 401.
  const auto content = OpenAccessToken(token, key.key, server_name_);
  if (!content.ok()) return {RefusalCause::kBadToken, content.error().reason};
  // "If the timestamp is NOT within the boundaries": 401.
  if (!content->CountsAt(wall)) return {RefusalCause::kExpiredToken};
  return {std::nullopt, {}, *content, &key};
}

}  // namespace koeru::relay
