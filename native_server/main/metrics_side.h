#pragma once

// The metrics listener (native_server/metrics), connected to the relay: over HTTP, or over HTTPS
// with prometheus-tls.

#include <atomic>
#include <memory>

#include "native_server/config/server_options.h"
#include "native_server/door/dtls_door.h"
#include "native_server/main/media_side.h"
#include "native_server/main/secure_pages.h"
#include "native_server/main/tcp_side.h"
#include "native_server/metrics/metrics_server.h"

namespace koeru::server {

// What is measured.
struct Measured {
  const RelayServer& relay;
  const TcpSide& tcp;
  const DtlsDoor* dtls;  // null: not served
  const MediaPeerSide& media;
  const std::atomic<bool>& ready;
};

class MetricsSide {
 public:
  // Does nothing when metrics are not asked for. What is measured outlives it.
  static absl::StatusOr<std::unique_ptr<MetricsSide>> Start(const ServerOptions& options,
                                                            const CertificateFiles& certificate,
                                                            const Measured& measured);

  absl::Status ReloadCertificate();

 private:
  std::unique_ptr<SmallServer> plain_;
  std::unique_ptr<SecurePages> secure_;
};

}  // namespace koeru::server
