// The mbedTLS objects behind a TlsContext. Only for the .cc files of this folder.
#pragma once

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cookie.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/x509_crt.h>

#include <string>
#include <string_view>
#include <vector>

#include "native_server/tls/tls_context.h"

namespace koeru::server {

struct TlsContextNative {
  TlsContextNative();
  ~TlsContextNative();
  TlsContextNative(const TlsContextNative&) = delete;
  TlsContextNative& operator=(const TlsContextNative&) = delete;

  mbedtls_ssl_config config;
  mbedtls_x509_crt chain;        // a server's own certificate; a client's trusted authorities
  mbedtls_x509_crt authorities;  // of a server: those of its clients
  mbedtls_pk_context key;
  mbedtls_ssl_ticket_context tickets;
  mbedtls_ssl_cookie_ctx cookies;  // of a DTLS server
  // `config` points into these two.
  std::vector<std::string> alpn_names;
  std::vector<const char*> alpn_list;
  bool server = false;
  bool datagram = false;
  bool self_signed = false;
  // Of a media peer: as `config` wants it, with a zero at its end.
  std::vector<uint16_t> srtp_profiles;
};

// With what all contexts have in common.
absl::StatusOr<std::unique_ptr<TlsContextNative>> MakeTlsContextNative(int endpoint, bool datagram);

// With `skip_unreadable` it is enough that one certificate can be read.
absl::Status LoadChain(const std::string& path, std::string_view what, mbedtls_x509_crt* chain,
                       bool skip_unreadable = false);
absl::Status LoadKey(const std::string& path, const std::string& password, mbedtls_pk_context* key);
// Seconds since 1970.
std::time_t ToTime(const mbedtls_x509_time& time);
bool IsSelfSigned(const mbedtls_x509_crt& certificate);
// The text of one of mbedTLS's error codes.
std::string MbedTlsErrorText(int code);

}  // namespace koeru::server
