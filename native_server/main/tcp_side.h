#pragma once

// What comes in over TCP: TURN, which goes to the relay's workers, and the web side (page,
// signalling, credentials), which asks the relay for statistics.

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "native_server/config/relay_config.h"
#include "native_server/main/certificate.h"
#include "native_server/main/media_side.h"
#include "native_server/main/settings.h"
#include "native_server/web/web_server.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

class TcpSide {
 public:
  // Does nothing when nothing is to be served over TCP. `settings`, `relay`, `media`
  // and `ready` are used until Stop().
  static absl::StatusOr<std::unique_ptr<TcpSide>> Start(const CurrentSettings& settings,
                                                        const Machine& machine,
                                                        const CertificateFiles& certificate,
                                                        RelayServer& relay, MediaPeerSide& media,
                                                        std::function<bool()> ready);
  // For new connections; on an error everything stays as it is.
  absl::Status ReloadCertificate();
  Door::Counts counts() const { return door_ ? door_->counts() : Door::Counts{}; }
  // The media peer says something to the page that has it.
  void SignalFromPeer(const std::string& page, std::string_view json);
  void Stop();

 private:
  std::unique_ptr<Door> door_;
  std::unique_ptr<web::WebServer> web_;  // null: no web side is asked for
};

}  // namespace koeru::server
