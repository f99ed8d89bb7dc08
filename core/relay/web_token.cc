#include "core/relay/web_token.h"

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

namespace koeru::relay {

bool WebTokenClaims::CountsAt(net::UnixTime wall) const {
  return wall < expiry && (!not_before || *not_before <= wall);
}

bool WebTokenClaims::IsFor(std::string_view realm) const {
  return !audience || std::ranges::find(*audience, realm) != audience->end();
}

std::string PasswordFromWebTokenSecret(std::string_view secret, std::string_view username) {
  return crypto::ToBase64Url(crypto::HmacSha256(AsBytes(secret), {AsBytes(username)}));
}

}  // namespace koeru::relay
