#include "core/relay/shared_secret.h"

#include <charconv>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

namespace koeru::relay {
namespace {

// Decimal digits and nothing else; what does not fit into 63 bits is no time.
std::optional<net::UnixTime> ParseSeconds(std::string_view text) {
  net::UnixTime time;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time.seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return time;
}

}  // namespace

MintedCredential MintCredential(std::string_view secret, std::string_view id, net::UnixTime expiry,
                                char separator) {
  std::string username = std::to_string(expiry.seconds);
  if (!id.empty()) {
    username += separator;
    username += id;
  }
  std::string password = PasswordFromSecret(secret, username);
  return {std::move(username), std::move(password)};
}

std::string PasswordFromSecret(std::string_view secret, std::string_view username) {
  return crypto::ToBase64(crypto::HmacSha1(AsBytes(secret), {AsBytes(username)}));
}

std::optional<TimeLimitedName> ParseTimeLimitedName(std::string_view username, char separator) {
  const size_t at = username.find(separator);
  const std::string_view head = username.substr(0, at);
  const std::string_view tail =
      at == std::string_view::npos ? std::string_view() : username.substr(at + 1);
  if (const auto expiry = ParseSeconds(head)) return TimeLimitedName{*expiry, tail};
  if (const auto expiry = ParseSeconds(tail)) return TimeLimitedName{*expiry, head};
  return std::nullopt;
}

}  // namespace koeru::relay
