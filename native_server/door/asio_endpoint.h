// Asio's endpoints as values of core.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstring>

#include "native_server/io/socket_address.h"

namespace koeru::server {

inline net::Endpoint ToEndpoint(const boost::asio::ip::tcp::endpoint& endpoint) {
  SocketAddress address;
  std::memcpy(address.get(), endpoint.data(), endpoint.size());
  return address.ToEndpoint();
}

}  // namespace koeru::server
