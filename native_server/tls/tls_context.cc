#include "native_server/tls/tls_context.h"

#include <mbedtls/ssl_ciphersuites.h>

#include <array>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/tls/crypto_init.h"
#include "native_server/tls/tls_context_native.h"

namespace koeru::server {
namespace {

// RFC 9325 §4.2: TLS 1.3, and of TLS 1.2 only what has forward secrecy and authenticated
// encryption. AES first, where processors have instructions for it.
constexpr std::array kCipherSuites = {MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
                                      MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
                                      MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                                      MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                                      MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                                      0};

constexpr std::array<uint16_t, 4> kGroups = {
    MBEDTLS_SSL_IANA_TLS_GROUP_X25519, MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1, MBEDTLS_SSL_IANA_TLS_GROUP_NONE};

mbedtls_ssl_protocol_version ToNative(TlsVersion version) {
  return version == TlsVersion::k1_2 ? MBEDTLS_SSL_VERSION_TLS1_2 : MBEDTLS_SSL_VERSION_TLS1_3;
}

// RFC 8446 §4.2.11, RFC 5077: the ticket key is made here and never stored, so a restart or a
// reload ends all old tickets.
absl::Status SetTickets(uint32_t lifetime_s, TlsContextNative* native) {
  const int code = mbedtls_ssl_ticket_setup(&native->tickets, MbedTlsRandom, nullptr,
                                            MBEDTLS_CIPHER_AES_256_GCM, lifetime_s);
  if (code != 0) {
    return absl::InternalError(
        absl::StrCat("cannot make keys for TLS session tickets: ", MbedTlsErrorText(code)));
  }
  mbedtls_ssl_conf_session_tickets_cb(&native->config, mbedtls_ssl_ticket_write,
                                      mbedtls_ssl_ticket_parse, &native->tickets);
  return absl::OkStatus();
}

// RFC 6347 §4.2.1: the key of the cookies is made here and never stored. A client that is between
// HelloVerifyRequest and its second ClientHello when a certificate changes gets another one.
absl::Status SetCookies(TlsContextNative* native) {
  const int code = mbedtls_ssl_cookie_setup(&native->cookies, MbedTlsRandom, nullptr);
  if (code != 0) {
    return absl::InternalError(
        absl::StrCat("cannot make a key for DTLS cookies: ", MbedTlsErrorText(code)));
  }
  mbedtls_ssl_conf_dtls_cookies(&native->config, mbedtls_ssl_cookie_write, mbedtls_ssl_cookie_check,
                                &native->cookies);
  return absl::OkStatus();
}

// RFC 7301 §3.1.
absl::Status SetAlpn(std::vector<std::string> names, TlsContextNative* native) {
  if (names.empty()) return absl::OkStatus();
  native->alpn_names = std::move(names);
  for (const std::string& name : native->alpn_names) native->alpn_list.push_back(name.c_str());
  native->alpn_list.push_back(nullptr);
  if (mbedtls_ssl_conf_alpn_protocols(&native->config, native->alpn_list.data()) != 0) {
    return absl::InvalidArgumentError("an ALPN name is empty or longer than 255 bytes");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<TlsContextNative>> MakeTlsContextNative(int endpoint,
                                                                       bool datagram) {
  if (absl::Status ready = InitCrypto(); !ready.ok()) return ready;
  auto native = std::make_unique<TlsContextNative>();
  const int code = mbedtls_ssl_config_defaults(
      &native->config, endpoint,
      datagram ? MBEDTLS_SSL_TRANSPORT_DATAGRAM : MBEDTLS_SSL_TRANSPORT_STREAM,
      MBEDTLS_SSL_PRESET_DEFAULT);
  if (code != 0) {
    return absl::InternalError(absl::StrCat("cannot set up TLS: ", MbedTlsErrorText(code)));
  }
  native->server = endpoint == MBEDTLS_SSL_IS_SERVER;
  native->datagram = datagram;
  mbedtls_ssl_conf_rng(&native->config, MbedTlsRandom, nullptr);
  mbedtls_ssl_conf_ciphersuites(&native->config, kCipherSuites.data());
  mbedtls_ssl_conf_groups(&native->config, kGroups.data());
  return native;
}

std::time_t ToTime(const mbedtls_x509_time& time) {
  std::tm parts{};
  parts.tm_year = time.year - 1900;
  parts.tm_mon = time.mon - 1;
  parts.tm_mday = time.day;
  parts.tm_hour = time.hour;
  parts.tm_min = time.min;
  parts.tm_sec = time.sec;
  return timegm(&parts);
}

bool IsSelfSigned(const mbedtls_x509_crt& certificate) {
  const mbedtls_x509_buf& issuer = certificate.issuer_raw;
  const mbedtls_x509_buf& subject = certificate.subject_raw;
  return issuer.len == subject.len && std::memcmp(issuer.p, subject.p, issuer.len) == 0;
}

TlsContextNative::TlsContextNative() {
  mbedtls_ssl_config_init(&config);
  mbedtls_x509_crt_init(&chain);
  mbedtls_x509_crt_init(&authorities);
  mbedtls_pk_init(&key);
  mbedtls_ssl_ticket_init(&tickets);
  mbedtls_ssl_cookie_init(&cookies);
}

TlsContextNative::~TlsContextNative() {
  mbedtls_ssl_config_free(&config);
  mbedtls_ssl_cookie_free(&cookies);
  mbedtls_ssl_ticket_free(&tickets);
  mbedtls_pk_free(&key);
  mbedtls_x509_crt_free(&authorities);
  mbedtls_x509_crt_free(&chain);
}

TlsContext::TlsContext(std::unique_ptr<TlsContextNative> native) : native_(std::move(native)) {}
TlsContext::~TlsContext() = default;

const mbedtls_ssl_config* TlsContext::config() const { return &native_->config; }
bool TlsContext::is_server() const { return native_->server; }
bool TlsContext::is_datagram() const { return native_->datagram; }
bool TlsContext::is_media() const { return !native_->srtp_profiles.empty(); }
Bytes TlsContext::certificate_der() const { return {native_->chain.raw.p, native_->chain.raw.len}; }
bool TlsContext::is_self_signed() const { return native_->self_signed; }
std::time_t TlsContext::expires_at() const { return ToTime(native_->chain.valid_to); }

absl::StatusOr<std::shared_ptr<const TlsContext>> TlsContext::ForServer(TlsServerOptions options) {
  auto made = MakeTlsContextNative(MBEDTLS_SSL_IS_SERVER, options.datagram);
  if (!made.ok()) return made.status();
  TlsContextNative& native = **made;
  absl::Status status = LoadChain(options.certificate_file, "certificate", &native.chain);
  if (status.ok()) status = LoadKey(options.key_file, options.key_password, &native.key);
  if (!status.ok()) return status;
  if (mbedtls_pk_check_pair(&native.chain.pk, &native.key, MbedTlsRandom, nullptr) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the private key \"", options.key_file, "\" does not belong to the certificate \"",
        options.certificate_file,
        "\". Give the key that the certificate was made with; the server's own certificate must "
        "be the first in its file."));
  }
  native.self_signed = IsSelfSigned(native.chain);
  if (const int code = mbedtls_ssl_conf_own_cert(&native.config, &native.chain, &native.key);
      code != 0) {
    return absl::InternalError(absl::StrCat(
        "cannot use the certificate \"", options.certificate_file, "\": ", MbedTlsErrorText(code)));
  }
  if (!options.client_ca_file.empty()) {
    status =
        LoadChain(options.client_ca_file, "file of the clients' authorities", &native.authorities);
    if (!status.ok()) return status;
    mbedtls_ssl_conf_ca_chain(&native.config, &native.authorities, nullptr);
    mbedtls_ssl_conf_authmode(&native.config, MBEDTLS_SSL_VERIFY_REQUIRED);
  }
  mbedtls_ssl_conf_min_tls_version(&native.config, ToNative(options.lowest));
  status = SetAlpn(std::move(options.alpn), &native);
  if (status.ok() && options.session_tickets)
    status = SetTickets(options.ticket_lifetime_s, &native);
  if (status.ok() && options.datagram) status = SetCookies(&native);
  if (!status.ok()) return status;
  return std::shared_ptr<const TlsContext>(new TlsContext(*std::move(made)));
}

absl::StatusOr<std::shared_ptr<const TlsContext>> TlsContext::ForClient(TlsClientOptions options) {
  auto made = MakeTlsContextNative(MBEDTLS_SSL_IS_CLIENT, options.datagram);
  if (!made.ok()) return made.status();
  TlsContextNative& native = **made;
  if (options.trusted_file.empty()) {
    mbedtls_ssl_conf_authmode(&native.config, MBEDTLS_SSL_VERIFY_NONE);
  } else {
    absl::Status status = LoadChain(options.trusted_file, "file of trusted certificates",
                                    &native.chain, options.skip_unreadable_authorities);
    if (!status.ok()) return status;
    mbedtls_ssl_conf_ca_chain(&native.config, &native.chain, nullptr);
  }
  if (options.report_only) {
    mbedtls_ssl_conf_authmode(&native.config, MBEDTLS_SSL_VERIFY_OPTIONAL);
  }
  mbedtls_ssl_conf_max_tls_version(&native.config,
                                   ToNative(options.datagram ? TlsVersion::k1_2 : options.highest));
  if (absl::Status status = SetAlpn(std::move(options.alpn), &native); !status.ok()) return status;
  return std::shared_ptr<const TlsContext>(new TlsContext(*std::move(made)));
}

absl::StatusOr<std::unique_ptr<ReloadableTlsContext>> ReloadableTlsContext::Load(
    TlsServerOptions options) {
  auto context = TlsContext::ForServer(options);
  if (!context.ok()) return context.status();
  return std::unique_ptr<ReloadableTlsContext>(
      new ReloadableTlsContext(std::move(options), *std::move(context)));
}

ReloadableTlsContext::ReloadableTlsContext(TlsServerOptions options,
                                           std::shared_ptr<const TlsContext> context)
    : options_(std::move(options)), context_(std::move(context)) {}

std::shared_ptr<const TlsContext> ReloadableTlsContext::Current() const {
  std::lock_guard lock(mutex_);
  return context_;
}

absl::Status ReloadableTlsContext::Reload() {
  auto fresh = TlsContext::ForServer(options_);
  if (!fresh.ok()) return fresh.status();
  std::lock_guard lock(mutex_);
  context_ = *std::move(fresh);
  return absl::OkStatus();
}

}  // namespace koeru::server
