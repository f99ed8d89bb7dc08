#pragma once

// A small HTTP server for programs that watch: plain HTTP on a TCP port, loopback as a rule, or on
// a Unix socket that only its owner may use. On a thread of its own.
//
//   auto server = SmallServer::ListenTcp("127.0.0.1", 9641, handler);
//   auto server = SmallServer::ListenUnix("/run/koeru/admin.sock", handler);
//
// One request for each connection. Bounds: 32 connections, 8 KB of header, no body, 10 seconds.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace koeru::server {

// Views live for the call of the handler only.
struct SmallRequest {
  std::string_view method, target, authorization;  // the header's value, empty without one
};

struct SmallReply {
  int status = 200;
  std::string_view content_type = "text/plain; charset=utf-8";
  std::string body;
};

class SmallServer {
 public:
  // Called on the server's thread, one request after the other.
  using Handler = std::function<SmallReply(const SmallRequest&)>;

  // Listens when it returns. Port 0: any free one.
  static absl::StatusOr<std::unique_ptr<SmallServer>> ListenTcp(const std::string& address,
                                                                uint16_t port, Handler handler);
  // The file is made with mode 0600 and goes away at the end. One that is left of a server that was
  // killed is replaced; one on which a server listens is an error.
  static absl::StatusOr<std::unique_ptr<SmallServer>> ListenUnix(const std::string& path,
                                                                 Handler handler);
  ~SmallServer();
  SmallServer(const SmallServer&) = delete;
  SmallServer& operator=(const SmallServer&) = delete;

  uint16_t port() const;  // 0 for a Unix socket

 private:
  struct State;
  explicit SmallServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace koeru::server
