#pragma once

// The relay as the options want it: its workers with their sockets for UDP and DTLS, and the door
// where DTLS associations begin.

#include <memory>

#include "absl/status/statusor.h"
#include "native_server/config/relay_config.h"
#include "native_server/door/dtls_door.h"
#include "native_server/main/certificate.h"
#include "native_server/main/media_side.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

class RelaySide {
 public:
  // Ports are bound when it returns. `users` (null: no database) and `media`
  // outlive it.
  static absl::StatusOr<std::unique_ptr<RelaySide>> Start(const ServerOptions& options,
                                                          const Machine& machine,
                                                          const relay::RelayConfig& config,
                                                          const CertificateFiles& certificate,
                                                          UserSource* users, MediaPeerSide& media);
  ~RelaySide() { Stop(); }

  RelayServer& relay() { return *relay_; }
  DtlsDoor* dtls() { return dtls_.get(); }  // null: not served
  void Stop();

 private:
  RelaySide() = default;

  std::unique_ptr<DtlsDoor> dtls_;
  std::unique_ptr<RelayServer> relay_;  // its workers use the door
};

}  // namespace koeru::server
