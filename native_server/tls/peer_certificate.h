// What the other side of a TLS or DTLS handshake showed, for people and for judgement.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <vector>

struct mbedtls_ssl_context;

namespace koeru::server {

// What the check of a certificate against the trusted authorities and the asked name found.
enum class CertificateProblem {
  kExpired,      // it, or one of its issuers
  kNotYetValid,  // it, or one of its issuers
  kWrongName,
  kNotTrusted,  // no chain leads to a trusted authority
  kWeak,        // hash, key type or key size that is not accepted any more
  kWrongUse,    // not made for servers
  kOther,
};

struct PeerCertificate {
  std::string subject;
  std::string issuer;
  std::vector<std::string> names;  // subjectAltName: "turn.example.org", "192.0.2.1"
  std::time_t not_before = 0;      // seconds since 1970
  std::time_t not_after = 0;
  size_t chain_length = 0;  // certificates that were sent
  bool is_self_signed = false;
  std::vector<CertificateProblem> problems;  // empty: it may be trusted
};

// After the handshake; nothing when no certificate was shown.
std::optional<PeerCertificate> PeerCertificateOf(const mbedtls_ssl_context& ssl);

// PEM file of the authorities that this system trusts; empty where none is found.
std::string SystemTrustFile();

}  // namespace koeru::server
