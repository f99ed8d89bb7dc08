#include "core/stun/nonce_cookie.h"

#include <array>

#include "core/bytes/writer.h"
#include "core/crypto/base64.h"

namespace koeru::stun {
namespace {

constexpr uint32_t kPasswordAlgorithms = 1u << 0;
constexpr uint32_t kUsernameAnonymity = 1u << 1;

}  // namespace

std::string MakeNonceCookie(SecurityFeatures features) {
  std::array<uint8_t, 3> bits;
  Writer(bits).U24((features.password_algorithms ? kPasswordAlgorithms : 0) |
                   (features.username_anonymity ? kUsernameAnonymity : 0));
  return std::string(kNonceCookie) + crypto::ToBase64(bits);
}

std::optional<SecurityFeatures> ParseNonceCookie(std::string_view nonce) {
  if (nonce.size() < kNonceCookieSize || !nonce.starts_with(kNonceCookie)) return std::nullopt;
  const auto bytes =
      crypto::FromBase64(nonce.substr(kNonceCookie.size(), kNonceCookieSize - kNonceCookie.size()));
  if (!bytes.ok() || bytes->size() != 3) return std::nullopt;
  const uint32_t bits = Reader(*bytes).U24();
  return SecurityFeatures{(bits & kPasswordAlgorithms) != 0, (bits & kUsernameAnonymity) != 0};
}

}  // namespace koeru::stun
