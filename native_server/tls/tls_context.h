// TlsContext: everything the connections of one listener share: certificate, key, versions, ALPN.
//
//   TlsServerOptions options;
//   options.certificate_file = "cert.pem";
//   options.key_file = "key.pem";
//   options.alpn = {"http/1.1"};
//   absl::StatusOr<std::shared_ptr<const TlsContext>> context = TlsContext::ForServer(options);
//
// A context never changes once it is made, so any number of threads may use it. To change a
// certificate make a new context: connections that live keep the old one, new ones get the new
// one. ReloadableTlsContext does just that. TLS 1.2 (RFC 5246, only AEAD with ephemeral keys) and
// TLS 1.3 (RFC 8446); no renegotiation, no compression, no 0-RTT. With `datagram` it is DTLS 1.2
// (RFC 6347), which is all that mbedTLS has, for DtlsEngine.
//
// Errors name the file and say what to do.
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/bytes/reader.h"
#include "native_server/tls/srtp_keys.h"

struct mbedtls_ssl_config;

namespace koeru::server {

struct TlsContextNative;  // mbedTLS's objects, in tls_context_native.h

enum class TlsVersion { k1_2, k1_3 };

struct TlsServerOptions {
  std::string certificate_file{};   // PEM: the server's certificate first, then its issuers
  std::string key_file{};           // PEM, not readable by everybody
  std::string key_password{};       // empty: the key has none
  std::string client_ca_file{};     // PEM: clients must show a certificate of these authorities
  std::vector<std::string> alpn{};  // RFC 7301, in order of preference; empty: not answered
  TlsVersion lowest = TlsVersion::k1_2;
  bool session_tickets = true;             // RFC 5077 and RFC 8446 §4.6.1: cheap second handshakes
  uint32_t ticket_lifetime_s = 12 * 3600;  // the ticket key changes twice in this time
  bool datagram = false;                   // DTLS
};

struct TlsClientOptions {
  std::string trusted_file{};  // PEM of the authorities to trust; empty: check nothing (tests)
  // Of the system's authorities some may be of a kind that the library does not read.
  bool skip_unreadable_authorities = false;
  // A bad certificate does not end the handshake: PeerCertificateOf() tells what is bad.
  bool report_only = false;
  std::vector<std::string> alpn{};
  TlsVersion highest = TlsVersion::k1_3;
  bool datagram = false;  // DTLS
};

// One end of a media session: DTLS 1.2 with use_srtp (RFC 5764). Certificates are anybody's own;
// who it is tells the fingerprint that came by signalling (RFC 8122, certificate_fingerprint.h),
// and that is the caller's to compare after the handshake.
struct MediaPeerOptions {
  bool active = true;             // RFC 4145: it begins the handshake, and is the DTLS client
  std::string certificate_pem{};  // of this peer
  std::string key_pem{};
  std::vector<SrtpProfile> profiles{};  // in order of preference, four at most
};

class TlsContext {
 public:
  static absl::StatusOr<std::shared_ptr<const TlsContext>> ForServer(TlsServerOptions options);
  static absl::StatusOr<std::shared_ptr<const TlsContext>> ForClient(TlsClientOptions options);
  static absl::StatusOr<std::shared_ptr<const TlsContext>> ForMediaPeer(
      const MediaPeerOptions& options);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  const mbedtls_ssl_config* config() const;
  bool is_server() const;
  bool is_datagram() const;
  // True when the certificate was signed with its own key: browsers warn about such a one, and
  // HSTS must not be sent with it.
  bool is_self_signed() const;
  // Of a media peer: its own certificate in DER, for its fingerprint; and whether keys are
  // exported.
  Bytes certificate_der() const;
  bool is_media() const;
  // When the server's certificate stops being valid, in seconds since 1970.
  std::time_t expires_at() const;

 private:
  explicit TlsContext(std::unique_ptr<TlsContextNative> native);
  std::unique_ptr<TlsContextNative> native_;
};

// The context for new connections, replaced as a whole by Reload().
class ReloadableTlsContext {
 public:
  static absl::StatusOr<std::unique_ptr<ReloadableTlsContext>> Load(TlsServerOptions options);

  std::shared_ptr<const TlsContext> Current() const;
  // Reads the files again. On an error the old context stays in use.
  absl::Status Reload();

 private:
  ReloadableTlsContext(TlsServerOptions options, std::shared_ptr<const TlsContext> context);
  const TlsServerOptions options_;
  mutable std::mutex mutex_;
  std::shared_ptr<const TlsContext> context_;
};

}  // namespace koeru::server
