#pragma once

// HTTPS and signalling (native_server/web/SIGNALLING.md) from a client's side, over Beast and the
// TLS that the server has, too. One thread; no call waits longer than its timeout.
//
//   boost::asio::io_context io;
//   WebClient web(io, {.endpoint = ..., .host = "relay.example:8443", .tls = context});
//   auto body = web.Get("/ice-servers");
//   auto signals = web.OpenSignalling();
//   (*signals)->on_message = [](std::string_view text) { ... };
//   (*signals)->Send(text);
//   io.poll();                                    // messages come out of here
//
// A status' code tells where it failed: kUnavailable no connection, kDeadlineExceeded no answer in
// time, kUnauthenticated TLS or the certificate, kFailedPrecondition an answer that says no.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/net/address.h"
#include "core/net/time.h"
#include "native_server/tls/tls_context.h"

namespace koeru::tools {

// One WebSocket with the subprotocol koeru.signal.v1. Closed at once when it goes.
class SignalConnection {
 public:
  // Longer messages than the server sends end the connection.
  static constexpr size_t kLargestMessage = 256 << 10;

  virtual ~SignalConnection() = default;
  virtual void Send(std::string text) = 0;

  std::function<void(std::string_view text)> on_message;
  std::function<void(std::string_view reason)> on_end;
};

class WebClient {
 public:
  struct Options {
    net::Endpoint endpoint = {};
    std::optional<net::Address> local = std::nullopt;  // instead of what the kernel picks
    std::string host = {};                             // as the Host header has it, with the port
    std::string server_name = {};                      // to be found in the certificate
    std::shared_ptr<const server::TlsContext> tls = nullptr;
    net::Duration timeout = std::chrono::seconds(10);
  };
  WebClient(boost::asio::io_context& io, Options options) : io_(io), options_(std::move(options)) {}

  // The body of a 200.
  absl::StatusOr<std::string> Get(const std::string& path);
  absl::StatusOr<std::unique_ptr<SignalConnection>> OpenSignalling();

 private:
  boost::asio::io_context& io_;
  const Options options_;
};

// Where a status of the web client comes from, as the code of CallFacts::Fail().
std::string_view CallErrorOf(const absl::Status& status);

// Runs what is due until `done`; false when `deadline` came first.
bool RunUntil(boost::asio::io_context& io, net::Instant deadline,
              const std::function<bool()>& done);

}  // namespace koeru::tools
