#pragma once

// The web server (native_server/web), connected to the relay: credentials, statistics, log.

#include <memory>

#include "absl/status/statusor.h"
#include "native_server/config/relay_config.h"
#include "native_server/web/web_server.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

class WebSide {
 public:
  // Does nothing when no web side is asked for. `config` and `relay` are used until Stop().
  static absl::StatusOr<std::unique_ptr<WebSide>> Start(const ServerOptions& options,
                                                        const relay::RelayConfig& config,
                                                        const Machine& machine,
                                                        const RelayServer& relay);
  void Stop();

 private:
  std::unique_ptr<web::WebServer> server_;
};

}  // namespace koeru::server
