#pragma once

// The certificate that everything here shows: TURN over TLS and DTLS, and the web side.

#include <string>

#include "absl/status/statusor.h"
#include "native_server/config/relay_config.h"

namespace koeru::server {

struct CertificateFiles {
  std::string certificate;  // PEM; empty when nothing needs one
  std::string key;
  std::string key_password{};    // empty: the key has none
  std::string client_ca_file{};  // PEM; empty: clients need no certificate
  bool only_tls13 = false;
};

// The operator's, or in a demo one that is made here and kept in the state directory.
absl::StatusOr<CertificateFiles> ChooseCertificate(const ServerOptions& options,
                                                   const Machine& machine);

}  // namespace koeru::server
