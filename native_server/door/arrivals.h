// What comes out of a Door, one kind for each protocol.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "native_server/tls/stream_connection.h"
#include "native_server/tls/tls_stream.h"

namespace koeru::server {

// A connection that was accepted, with its place in the count of connections.
struct Accepted {
  boost::asio::ip::tcp::socket socket;
  boost::asio::ip::address source;
  std::shared_ptr<const void> place;
  uint16_t local_port = 0;
  net::Endpoint listener{};  // as it was bound: 0.0.0.0 and :: for all addresses
};

struct HttpsArrival {
  TlsStream stream;
  boost::asio::ip::address source;
  std::shared_ptr<const void> place;
  uint16_t local_port = 0;
  bool self_signed = false;     // the certificate that it was shown
  std::vector<uint8_t> read{};  // what was read already
};

struct PlainHttpArrival {
  Accepted accepted;         // nothing is read yet
  bool on_tls_port = false;  // "http://host:8443", as people type it
};

// Each may be called on any thread of the Door, with the connection's own executor as the present
// one. What has no handler is closed.
struct DoorHandlers {
  std::function<void(StreamConnection)> turn{};
  std::function<void(HttpsArrival)> https{};
  std::function<void(PlainHttpArrival)> plain_http{};
};

}  // namespace koeru::server
