#include "native_server/tools/call/call_tls.h"

#include "native_server/tls/peer_certificate.h"

namespace koeru::tools {

absl::StatusOr<std::shared_ptr<const server::TlsContext>> TlsForCalls(const std::string& ca_file,
                                                                      bool insecure) {
  server::TlsClientOptions tls;
  if (!insecure) {
    tls.trusted_file = ca_file.empty() ? server::SystemTrustFile() : ca_file;
    tls.skip_unreadable_authorities = ca_file.empty();
    if (tls.trusted_file.empty()) {
      return absl::NotFoundError(
          "this system has no file of trusted authorities (package ca-certificates): name one "
          "with --ca-file");
    }
  }
  return server::TlsContext::ForClient(tls);
}

}  // namespace koeru::tools
