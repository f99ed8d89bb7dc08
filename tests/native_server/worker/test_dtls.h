#pragma once

// A DTLS association of a test client on a socket that it shares with its owner: blocking, every
// wait bounded.

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "native_server/tls/dtls_engine.h"
#include "tests/native_server/worker/test_socket.h"

namespace koeru::server {

class TestDtls {
 public:
  TestDtls(TestSocket& socket, const net::Endpoint& server,
           std::shared_ptr<const TlsContext> context)
      : socket_(socket), server_(server), engine_(std::move(context)) {
    connected_ = Handshake();
  }

  bool connected() const { return connected_; }
  bool ended() const { return ended_; }
  DtlsEngine& engine() { return engine_; }

  // The record of one message.
  Payload Seal(Bytes message);
  void Send(Bytes message) { socket_.Send(server_, Seal(message)); }
  void Close();
  // One message; nullopt when nothing comes within the time, or the association is at its end.
  std::optional<Payload> Receive(int timeout_ms = 3000);

 private:
  bool Handshake();
  void Flush();
  void Read(Bytes datagram);

  TestSocket& socket_;
  net::Endpoint server_;
  DtlsEngine engine_;
  std::deque<Payload> messages_;
  bool connected_ = false;
  bool ended_ = false;
};

}  // namespace koeru::server
