#include "native_server/io/socket_address.h"

#include <arpa/inet.h>

#include <cstring>

namespace koeru::server {

void SocketAddress::Clear() {
  std::memset(&storage_, 0, sizeof(storage_));
  storage_.any.sa_family = AF_INET;
}

SocketAddress::SocketAddress(const net::Endpoint& endpoint) {
  Clear();
  const Bytes bytes = endpoint.address.bytes();
  if (endpoint.address.is_v6()) {
    storage_.v6.sin6_family = AF_INET6;
    storage_.v6.sin6_port = htons(endpoint.port);
    std::memcpy(&storage_.v6.sin6_addr, bytes.data(), bytes.size());
  } else {
    storage_.v4.sin_port = htons(endpoint.port);
    std::memcpy(&storage_.v4.sin_addr, bytes.data(), bytes.size());
  }
}

net::Endpoint SocketAddress::ToEndpoint() const {
  if (storage_.any.sa_family == AF_INET6) {
    return {net::Address::FromBytes(
                {reinterpret_cast<const uint8_t*>(&storage_.v6.sin6_addr), size_t{16}}),
            ntohs(storage_.v6.sin6_port)};
  }
  if (storage_.any.sa_family != AF_INET) return {};
  return {net::Address::FromBytes(
              {reinterpret_cast<const uint8_t*>(&storage_.v4.sin_addr), size_t{4}}),
          ntohs(storage_.v4.sin_port)};
}

bool operator==(const SocketAddress& a, const SocketAddress& b) {
  if (a.storage_.any.sa_family != b.storage_.any.sa_family) return false;
  if (a.storage_.any.sa_family == AF_INET6) {
    return a.storage_.v6.sin6_port == b.storage_.v6.sin6_port &&
           std::memcmp(&a.storage_.v6.sin6_addr, &b.storage_.v6.sin6_addr, 16) == 0;
  }
  return a.storage_.v4.sin_port == b.storage_.v4.sin_port &&
         a.storage_.v4.sin_addr.s_addr == b.storage_.v4.sin_addr.s_addr;
}

net::Endpoint LocalEndpointOf(int fd) {
  SocketAddress address;
  socklen_t size = SocketAddress::capacity();
  if (::getsockname(fd, address.get(), &size) != 0) return {};
  return address.ToEndpoint();
}

}  // namespace koeru::server
