#pragma once

// Who a request says that it is from, and how it is signed. Private to core/relay.

#include "core/relay/request.h"
#include "core/stun/integrity.h"

namespace koeru::relay {

struct Claim {
  std::string_view username;  // empty when a USERHASH fits nobody
  std::string_view nonce;
  KeyAlgorithm algorithm = KeyAlgorithm::kMd5;
  bool sha256_integrity = false;  // MESSAGE-INTEGRITY-SHA256 is what is checked
  bool chose_algorithm = false;
};

// RFC 8489 section 9.2.4: "If the MESSAGE-INTEGRITY-SHA256 attribute is present, compute" that;
// "otherwise" MESSAGE-INTEGRITY.
inline bool IsSignedWith(const Request& request, const Claim& claim, const LongTermKey& key) {
  const auto verdict = claim.sha256_integrity
                           ? stun::CheckMessageIntegritySha256(request.message, key.bytes())
                           : stun::CheckMessageIntegrity(request.message, key.bytes());
  return verdict == stun::IntegrityVerdict::kValid;
}

// The same for the session key of an access token, whose size says which of the two it is for.
inline bool IsSignedWithToken(const Request& request, const Claim& claim, const LongTermKey& key) {
  const bool is_sha256 = key.algorithm() == KeyAlgorithm::kTokenSha256;
  return claim.sha256_integrity == is_sha256 && IsSignedWith(request, claim, key);
}

}  // namespace koeru::relay
