// What happens between the accepting of a connection and its first message: see door.h.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "native_server/door/deadline.h"
#include "native_server/door/door_core.h"
#include "native_server/door/proxy_header.h"
#include "native_server/tls/tls_stream.h"

namespace koeru::server {

class ConnectionStart : public std::enable_shared_from_this<ConnectionStart> {
 public:
  ConnectionStart(std::shared_ptr<DoorCore> core, Accepted accepted, LetsIn lets_in);
  void Start();

 private:
  using error_code = boost::system::error_code;

  // Reads the header of the PROXY protocol as far as it is missing.
  void ReadProxyHeader();
  void OnProxyHeader(const ProxyHeader& header);
  void PeekAtFirstByte();
  void OnFirstByte(error_code error);
  void StartTls();
  void OnHandshake(error_code error);
  void OnFirstBytesInside(error_code error, size_t size);
  void HandOverTurn();
  void HandOverTls();
  void RefuseHttp();
  void AnswerHttp();
  void HandOverPlainHttp();
  void Finish();
  void Close();
  net::FiveTuple FiveTupleOf(const boost::asio::ip::tcp::socket& socket,
                             net::Transport transport) const;

  const std::shared_ptr<DoorCore> core_;
  Accepted accepted_;
  const LetsIn lets_in_;
  Deadline deadline_;
  std::vector<uint8_t> proxy_header_;
  // Of the header: whom the proxy speaks for, and where he connected to.
  std::optional<net::Endpoint> client_, server_;
  std::array<unsigned char, 1> first_byte_{};
  std::optional<SourceQuota::Lease> half_open_;
  std::shared_ptr<const TlsContext> context_;
  std::optional<TlsStream> stream_;
  net::Instant handshake_began_;
  std::vector<uint8_t> read_;  // inside TLS, or of HTTP
  std::string http_answer_;
};

}  // namespace koeru::server
