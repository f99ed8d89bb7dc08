#include "native_server/door/acme_redirect.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace koeru::server {

std::optional<std::string> AcmeLocation(std::string_view base, std::string_view target) {
  constexpr std::string_view kPath = "/.well-known/acme-challenge/";
  if (base.empty() || !target.starts_with(kPath)) return std::nullopt;
  // RFC 8555 section 8.1: "characters of the base64url alphabet".
  const std::string_view token = target.substr(kPath.size());
  const bool is_token = !token.empty() && token.size() <= 256 &&
                        std::all_of(token.begin(), token.end(), [](unsigned char c) {
                          return absl::ascii_isalnum(c) || c == '-' || c == '_';
                        });
  if (!is_token) return std::nullopt;
  return absl::StrCat(base, token);
}

}  // namespace koeru::server
