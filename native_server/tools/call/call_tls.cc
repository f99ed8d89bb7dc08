#include "native_server/tools/call/call_tls.h"

#include "native_server/tls/peer_certificate.h"

namespace koeru::tools {

absl::StatusOr<CallTls> TlsForCalls(const std::string& ca_file, bool insecure) {
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
  auto stream = server::TlsContext::ForClient(tls);
  if (!stream.ok()) return stream.status();
  tls.datagram = true;
  auto datagram = server::TlsContext::ForClient(tls);
  if (!datagram.ok()) return datagram.status();
  return CallTls{*std::move(stream), *std::move(datagram)};
}

}  // namespace koeru::tools
