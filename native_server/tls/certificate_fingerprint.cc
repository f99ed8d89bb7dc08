#include "native_server/tls/certificate_fingerprint.h"

#include <mbedtls/md.h>

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"

namespace koeru::server {
namespace {

// Empty when the library does not know the hash.
std::string Fingerprint(mbedtls_md_type_t type, Bytes certificate_der) {
  const mbedtls_md_info_t* hash = mbedtls_md_info_from_type(type);
  std::array<uint8_t, MBEDTLS_MD_MAX_SIZE> digest{};
  if (hash == nullptr ||
      mbedtls_md(hash, certificate_der.data(), certificate_der.size(), digest.data()) != 0) {
    return {};
  }
  std::string text;
  for (size_t i = 0; i < mbedtls_md_get_size(hash); ++i) {
    absl::StrAppendFormat(&text, "%s%02X", i == 0 ? "" : ":", digest[i]);
  }
  return text;
}

}  // namespace

std::string FingerprintOf(Bytes certificate_der) {
  return Fingerprint(MBEDTLS_MD_SHA256, certificate_der);
}

bool HasFingerprint(Bytes certificate_der, std::string_view hash, std::string_view fingerprint) {
  constexpr std::pair<std::string_view, mbedtls_md_type_t> kHashes[] = {
      {"sha-256", MBEDTLS_MD_SHA256},
      {"sha-384", MBEDTLS_MD_SHA384},
      {"sha-512", MBEDTLS_MD_SHA512}};
  if (certificate_der.empty()) return false;
  for (const auto& [name, type] : kHashes) {
    if (!absl::EqualsIgnoreCase(hash, name)) continue;
    const std::string actual = Fingerprint(type, certificate_der);
    return !actual.empty() && absl::EqualsIgnoreCase(fingerprint, actual);
  }
  return false;
}

}  // namespace koeru::server
