#pragma once

// One TURN client of the load generator over TCP, TLS or DTLS, on a socket of its own.
//
//   auto connection = Connection::Open(net::Transport::kTls, server, ClientTls(transport));
//   connection->Send(message);                                   // waits while the socket is full
//   connection->Receive([](Bytes message) { ... });              // what is there, without waiting

#include <functional>
#include <memory>

#include "core/net/five_tuple.h"
#include "native_server/tls/tls_context.h"
#include "tests/bench/udp.h"

namespace koeru::bench {

class Connection {
 public:
  using OnMessage = std::function<void(Bytes message)>;

  // Connects and does the handshake; what fails ends the program with a sentence.
  static std::unique_ptr<Connection> Open(net::Transport transport, const sockaddr_in& server,
                                          std::shared_ptr<const server::TlsContext> tls);
  virtual ~Connection() = default;

  virtual void Send(Bytes message) = 0;
  virtual void Receive(const OnMessage& on_message) = 0;
  virtual int fd() const = 0;
};

// Trusts everybody: it measures. Null for TCP.
std::shared_ptr<const server::TlsContext> ClientTls(net::Transport transport);

}  // namespace koeru::bench
