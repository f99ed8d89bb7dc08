#include "native_server/io/tcp_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"

namespace koeru::server {
namespace {

// Peers whose connection no worker has taken yet.
constexpr int kBacklog = 64;

bool SetOption(int fd, int level, int name, int value) {
  return ::setsockopt(fd, level, name, &value, sizeof(value)) == 0;
}

UniqueFd NewSocket(net::Family family) {
  const int domain = family == net::Family::kIpv6 ? AF_INET6 : AF_INET;
  UniqueFd fd(::socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (fd.is_open() && family == net::Family::kIpv6) {
    SetOption(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  }
  return fd;
}

bool Bind(int fd, const net::Endpoint& local) {
  const SocketAddress address(local);
  return ::bind(fd, address.get(), address.size()) == 0;
}

UniqueFd Failed(UniqueFd fd) {
  const int error = errno;
  fd.Reset();
  errno = error;
  return fd;
}

// The data of two applications: it goes on as it comes, and whoever vanishes is noticed.
void SetForData(int fd) {
  SetOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  SetOption(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
}

UniqueFd ConnectFrom(const net::Endpoint& local, const net::Endpoint& peer,
                     const std::string& device) {
  UniqueFd fd = NewSocket(local.address.family());
  if (!fd.is_open()) return fd;
  if (local.port != 0) SetOption(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  SetForData(fd.get());
  if (!BindToDevice(fd.get(), device) || !Bind(fd.get(), local)) return Failed(std::move(fd));
  const SocketAddress to(peer);
  if (::connect(fd.get(), to.get(), to.size()) == 0 || errno == EINPROGRESS) return fd;
  return Failed(std::move(fd));
}

}  // namespace

// Bound alone, and only then shared: without SO_REUSEPORT the kernel says when the port is taken,
// and with it sockets of ours can connect from there.
UniqueFd ListenTcp(const net::Endpoint& local, const std::string& device) {
  UniqueFd fd = NewSocket(local.address.family());
  if (!fd.is_open()) return fd;
  if (!BindToDevice(fd.get(), device) || !Bind(fd.get(), local) ||
      !SetOption(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1) || ::listen(fd.get(), kBacklog) != 0) {
    return Failed(std::move(fd));
  }
  return fd;
}

UniqueFd AcceptTcp(int listener, net::Endpoint& peer) {
  SocketAddress from;
  socklen_t size = SocketAddress::capacity();
  UniqueFd fd(::accept4(listener, from.get(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!fd.is_open()) return fd;
  SetForData(fd.get());
  peer = from.ToEndpoint();
  return fd;
}

UniqueFd ConnectTcp(const net::Endpoint& local, const net::Endpoint& peer,
                    const std::string& device) {
  UniqueFd fd = ConnectFrom(local, peer, device);
  if (fd.is_open() || (errno != EADDRNOTAVAIL && errno != EADDRINUSE)) return fd;
  return ConnectFrom({local.address, 0}, peer, device);
}

ConnectState ConnectStateOf(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
    return ConnectState::kFailed;
  }
  SocketAddress peer;
  size = SocketAddress::capacity();
  return ::getpeername(fd, peer.get(), &size) == 0 ? ConnectState::kConnected
                                                   : ConnectState::kPending;
}

void AbortOnClose(int fd) {
  const linger abort{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof(abort));
}

}  // namespace koeru::server
