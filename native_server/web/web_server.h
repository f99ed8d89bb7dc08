// WebServer: the page, signalling and credentials over HTTPS, on threads of their own.
//
//   WebOptions options;
//   options.https = {{"0.0.0.0", 8443}};
//   options.redirect = {{"0.0.0.0", 8080}};          // plain HTTP, sent on to 8443
//   options.certificate_file = "cert.pem";           // see EnsureSelfSigned
//   options.key_file = "key.pem";
//   options.roots = {"build/dist", "demo"};
//   options.ice_servers = [](const RequestInfo& info) { ... return BuildIceServersJson(...); };
//   options.log = [](Severity severity, std::string_view text) { ... };
//   absl::StatusOr<std::unique_ptr<WebServer>> server = WebServer::Start(std::move(options));
//   ...
//   (*server)->Stop();
//
// Start() listens before it returns, so a port in use is an error there and not later. Nothing of
// this ever runs on a thread of the relay: a TLS handshake takes a millisecond.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "native_server/web/web_options.h"

namespace koeru::server::web {

class WebServer {
 public:
  static absl::StatusOr<std::unique_ptr<WebServer>> Start(WebOptions options);
  ~WebServer();  // stops
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // The ports in use, in the order of the options.
  const std::vector<uint16_t>& https_ports() const;
  const std::vector<uint16_t>& redirect_ports() const;

  // Reads certificate and key again. New connections get the new ones; on an error everything stays
  // as it is.
  absl::Status ReloadCertificate();

  // Stops listening, tells all WebSockets to go away, and ends within about a second.
  void Stop();

  struct Counts {
    size_t connections = 0;
    size_t half_open = 0;
    size_t rooms = 0;
    size_t room_connections = 0;
  };
  Counts counts() const;

 private:
  struct State;
  explicit WebServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace koeru::server::web
