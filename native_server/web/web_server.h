// WebServer: the page, signalling and credentials for the HTTPS connections of a Door.
//
//   WebOptions options;
//   options.roots = {"build/dist", "demo"};
//   options.ice_servers = [](const RequestInfo& info) { ... return BuildIceServersJson(...); };
//   options.log = [](Severity severity, std::string_view text) { ... };
//   absl::StatusOr<std::unique_ptr<WebServer>> server = WebServer::Make(std::move(options), door);
//   DoorHandlers handlers;
//   (*server)->Attach(handlers);
//   door.Start(std::move(handlers));
//   ...
//   door.StopListening();
//   (*server)->Stop();   // says good-bye to all WebSockets
//   door.Stop();
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "native_server/door/door.h"
#include "native_server/web/web_options.h"

namespace koeru::server::web {

struct WebCore;

class WebServer {
 public:
  // The door outlives it.
  static absl::StatusOr<std::unique_ptr<WebServer>> Make(WebOptions options, Door& door);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // Takes over what comes in by HTTPS and HTTP.
  void Attach(DoorHandlers& handlers);

  // Tells all WebSockets to go away, and ends within about a second.
  void Stop();

  // The media peer says something to the page that has it. From any thread.
  void SignalFromPeer(const std::string& page, std::string_view data);

  struct Counts {
    size_t rooms = 0;
    size_t room_connections = 0;
  };
  Counts counts() const;

 private:
  explicit WebServer(std::shared_ptr<WebCore> core);
  std::shared_ptr<WebCore> core_;
  bool stopped_ = false;
};

}  // namespace koeru::server::web
