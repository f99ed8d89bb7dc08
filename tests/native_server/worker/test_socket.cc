#include "tests/native_server/worker/test_socket.h"

#include <netinet/udp.h>
#include <poll.h>

#include "native_server/io/socket_address.h"

namespace koeru::server {

Payload MakePayload(size_t size, uint32_t seed) {
  Payload payload(size);
  uint32_t state = seed * 2654435761u + 1;
  for (uint8_t& byte : payload) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<uint8_t>(state >> 24);
  }
  return payload;
}

TestSocket::TestSocket(const net::Endpoint& local)
    : fd_(::socket(local.address.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  const SocketAddress address(local);
  const int buffer = 8 << 20;
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(buffer));
  if (::bind(fd_.get(), address.get(), address.size()) != 0) std::abort();
}

net::Endpoint TestSocket::local() const { return LocalEndpointOf(fd_.get()); }

void TestSocket::Send(const net::Endpoint& to, Bytes datagram) {
  const SocketAddress address(to);
  ::sendto(fd_.get(), datagram.data(), datagram.size(), 0, address.get(), address.size());
}

void TestSocket::SendRun(const net::Endpoint& to, Bytes datagrams, size_t segment) {
  const int size = static_cast<int>(segment);
  ::setsockopt(fd_.get(), SOL_UDP, UDP_SEGMENT, &size, sizeof(size));
  Send(to, datagrams);
  const int off = 0;
  ::setsockopt(fd_.get(), SOL_UDP, UDP_SEGMENT, &off, sizeof(off));
}

std::optional<TestSocket::Datagram> TestSocket::Receive(int timeout_ms) {
  pollfd poll{.fd = fd_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&poll, 1, timeout_ms) <= 0) return std::nullopt;
  Datagram datagram;
  datagram.bytes.resize(65536);
  SocketAddress from;
  socklen_t size = SocketAddress::capacity();
  const ssize_t got =
      ::recvfrom(fd_.get(), datagram.bytes.data(), datagram.bytes.size(), 0, from.get(), &size);
  if (got < 0) return std::nullopt;
  datagram.bytes.resize(static_cast<size_t>(got));
  datagram.from = from.ToEndpoint();
  return datagram;
}

}  // namespace koeru::server
