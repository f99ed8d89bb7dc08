#pragma once

// TLS of a call's signalling, and of TURN over TLS or DTLS: whom it trusts.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/tls/tls_context.h"

namespace koeru::tools {

struct CallTls {
  std::shared_ptr<const server::TlsContext> stream = nullptr;    // TLS
  std::shared_ptr<const server::TlsContext> datagram = nullptr;  // DTLS
};

// The system's authorities where no file is named; with `insecure` any certificate is taken.
absl::StatusOr<CallTls> TlsForCalls(const std::string& ca_file, bool insecure);

}  // namespace koeru::tools
