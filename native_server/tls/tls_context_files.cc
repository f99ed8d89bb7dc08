// Loads certificates and keys from PEM files for a TlsContext.
#include <mbedtls/error.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "native_server/tls/crypto_init.h"
#include "native_server/tls/secret_file.h"
#include "native_server/tls/tls_context_native.h"

namespace koeru::server {

std::string MbedTlsErrorText(int code) {
  std::array<char, 160> text{};
  mbedtls_strerror(code, text.data(), text.size());
  return absl::StrCat(text.data(), " (", code, ")");
}

absl::Status LoadChain(const std::string& path, std::string_view what, mbedtls_x509_crt* chain,
                       bool skip_unreadable) {
  absl::StatusOr<std::string> pem = ReadPublicFile(path, what);
  if (!pem.ok()) return pem.status();
  // mbedTLS wants the terminating zero counted for PEM.
  const int code = mbedtls_x509_crt_parse(
      chain, reinterpret_cast<const unsigned char*>(pem->c_str()), pem->size() + 1);
  if (code == 0 || (code > 0 && skip_unreadable)) return absl::OkStatus();
  if (code > 0) {
    return absl::InvalidArgumentError(absl::StrCat("the ", what, " \"", path, "\" has ", code,
                                                   " certificate(s) that cannot be read. Check "
                                                   "each with: openssl x509 -text -in ",
                                                   path));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "the ", what, " \"", path, "\" is not a PEM certificate: ", MbedTlsErrorText(code),
      ". It must hold -----BEGIN CERTIFICATE-----."));
}

absl::Status LoadKey(const std::string& path, const std::string& password,
                     mbedtls_pk_context* key) {
  absl::StatusOr<SecretText> pem = ReadSecretFile(path, "private key");
  if (!pem.ok()) return pem.status();
  const int code = mbedtls_pk_parse_key(
      key, reinterpret_cast<const unsigned char*>(pem->text().c_str()), pem->text().size() + 1,
      password.empty() ? nullptr : reinterpret_cast<const unsigned char*>(password.data()),
      password.size(), MbedTlsRandom, nullptr);
  if (code == 0) return absl::OkStatus();
  if (code == MBEDTLS_ERR_PK_PASSWORD_MISMATCH) {
    return absl::InvalidArgumentError(
        absl::StrCat("the private key \"", path,
                     "\" has another passphrase than the one that was given "
                     "(pkey-pwd)"));
  }
  if (code == MBEDTLS_ERR_PK_PASSWORD_REQUIRED) {
    return absl::InvalidArgumentError(
        absl::StrCat("the private key \"", path,
                     "\" has a passphrase: give it with pkey-pwd, or write a key "
                     "without one: openssl pkey -in ",
                     path, " -out new-key.pem"));
  }
  return absl::InvalidArgumentError(absl::StrCat("the private key \"", path,
                                                 "\" is not a PEM key: ", MbedTlsErrorText(code),
                                                 ". It must hold -----BEGIN PRIVATE KEY-----."));
}

}  // namespace koeru::server
