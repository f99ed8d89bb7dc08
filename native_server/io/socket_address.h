#pragma once

// net::Endpoint <-> sockaddr. This is the only place where the two meet.
//
//   SocketAddress to(Endpoint{Address::V4(192, 0, 2, 1), 3478});
//   sendto(fd, data, size, 0, to.get(), to.size());
//   Endpoint endpoint = to.ToEndpoint();
//
// The scope of a link-local IPv6 address is not kept: clients on fe80::/10 cannot be answered.

#include <netinet/in.h>
#include <sys/socket.h>

#include "core/net/address.h"

namespace koeru::server {

class SocketAddress {
 public:
  SocketAddress() { Clear(); }
  explicit SocketAddress(const net::Endpoint& endpoint);

  // 0.0.0.0:0 when it holds neither IPv4 nor IPv6.
  net::Endpoint ToEndpoint() const;

  const sockaddr* get() const { return &storage_.any; }
  // For the kernel to write into; capacity() bytes.
  sockaddr* get() { return &storage_.any; }
  static constexpr socklen_t capacity() { return sizeof(Storage); }
  socklen_t size() const {
    return storage_.any.sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  }

  friend bool operator==(const SocketAddress& a, const SocketAddress& b);

 private:
  void Clear();

  union Storage {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
  } storage_;
};

// What the socket is bound to; 0.0.0.0:0 when the kernel does not tell.
net::Endpoint LocalEndpointOf(int fd);

}  // namespace koeru::server
