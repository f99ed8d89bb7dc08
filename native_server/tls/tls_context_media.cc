// The context of a media peer: DTLS 1.2 with use_srtp.
#include "absl/strings/str_cat.h"
#include "native_server/tls/crypto_init.h"
#include "native_server/tls/tls_context_native.h"

namespace koeru::server {
namespace {

constexpr size_t kMostProfiles = MBEDTLS_TLS_SRTP_MAX_PROFILE_LIST_LENGTH;

// mbedTLS wants the terminating zero counted for PEM.
int ParseOwn(const MediaPeerOptions& options, TlsContextNative& native) {
  const auto bytes = [](const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.c_str());
  };
  int code = mbedtls_x509_crt_parse(&native.chain, bytes(options.certificate_pem),
                                    options.certificate_pem.size() + 1);
  if (code == 0) {
    code = mbedtls_pk_parse_key(&native.key, bytes(options.key_pem), options.key_pem.size() + 1,
                                nullptr, 0, MbedTlsRandom, nullptr);
  }
  if (code == 0) code = mbedtls_ssl_conf_own_cert(&native.config, &native.chain, &native.key);
  return code;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TlsContext>> TlsContext::ForMediaPeer(
    const MediaPeerOptions& options) {
  if (options.profiles.empty() || options.profiles.size() > kMostProfiles) {
    return absl::InvalidArgumentError(absl::StrCat("a media peer has one to ", kMostProfiles,
                                                   " SRTP profiles, not ",
                                                   options.profiles.size()));
  }
  auto made = MakeTlsContextNative(options.active ? MBEDTLS_SSL_IS_CLIENT : MBEDTLS_SSL_IS_SERVER,
                                   /*datagram=*/true);
  if (!made.ok()) return made.status();
  TlsContextNative& native = **made;
  if (const int code = ParseOwn(options, native); code != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("the media peer's certificate or key is of no use: ", MbedTlsErrorText(code)));
  }
  native.self_signed = IsSelfSigned(native.chain);
  // RFC 5763 section 5: both show a certificate, and its fingerprint is all that counts. mbedTLS
  // asks for it and remarks that nobody vouches for it.
  mbedtls_ssl_conf_authmode(&native.config, MBEDTLS_SSL_VERIFY_OPTIONAL);
  mbedtls_ssl_conf_max_tls_version(&native.config, MBEDTLS_SSL_VERSION_TLS1_2);
  // A peer has proved its address by ICE before it comes here, so no cookie is asked for.
  if (!options.active) mbedtls_ssl_conf_dtls_cookies(&native.config, nullptr, nullptr, nullptr);
  for (const SrtpProfile profile : options.profiles) {
    native.srtp_profiles.push_back(static_cast<uint16_t>(profile));
  }
  native.srtp_profiles.push_back(MBEDTLS_TLS_SRTP_UNSET);
  if (const int code = mbedtls_ssl_conf_dtls_srtp_protection_profiles(&native.config,
                                                                      native.srtp_profiles.data());
      code != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("an SRTP profile is not known: ", MbedTlsErrorText(code)));
  }
  return std::shared_ptr<const TlsContext>(new TlsContext(*std::move(made)));
}

}  // namespace koeru::server
