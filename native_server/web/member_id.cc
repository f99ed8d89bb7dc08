#include "native_server/web/member_id.h"

#include <algorithm>
#include <cstdint>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

namespace koeru::server::web {
namespace {

constexpr std::string_view kPurpose = "koeru member\n";

}  // namespace

bool IsMemberSecret(std::string_view secret) {
  return secret.size() >= 22 && secret.size() <= 64 &&
         std::all_of(secret.begin(), secret.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '-';
         });
}

std::string MemberIdOf(std::string_view secret) {
  const crypto::Sha256Digest digest = crypto::Sha256({AsBytes(kPurpose), AsBytes(secret)});
  return crypto::ToBase64Url(Bytes(digest).first(16));
}

}  // namespace koeru::server::web
