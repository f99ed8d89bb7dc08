#include "native_server/client/client_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {
namespace {

// DF on every packet, and the kernel's own idea of the path does not count: a probe finds out
// itself (RFC 4821).
void SetProbing(int fd, net::Family family) {
  const int probe = IP_PMTUDISC_PROBE;
  if (family == net::Family::kIpv4) {
    ::setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &probe, sizeof(probe));
  } else {
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &probe, sizeof(probe));
  }
}

int ErrorOf(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace

LinkStatus LinkStatus::OfErrno(int error) {
  const std::string text = std::strerror(error);
  switch (error) {
    case ECONNREFUSED:
      return {Trouble::kRefused, text};
    case ETIMEDOUT:
      return {Trouble::kSilent, text};
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return {Trouble::kNoRoute, text};
    case ECONNRESET:
    case EPIPE:
      return {Trouble::kClosed, text};
    case EMSGSIZE:
      return {Trouble::kTooLarge, text};
    default:
      return {Trouble::kOther, text};
  }
}

bool WaitFor(int fd, short events, net::Instant deadline) {
  pollfd entry{fd, events, 0};
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Now()).count();
    const int ready = ::poll(&entry, 1, static_cast<int>(std::clamp<int64_t>(left, 0, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (Now() >= deadline) return false;
  }
}

LinkStatus ClientSocket::Connect(const LinkOptions& options, ClientSocket& socket) {
  const bool stream = net::IsStream(options.transport);
  const int family = options.server.address.is_v4() ? AF_INET : AF_INET6;
  const int type = (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
  socket.fd_ = UniqueFd(::socket(family, type, 0));
  socket.is_stream_ = stream;
  socket.timeout_ = options.timeout;
  if (!socket.fd_.is_open()) return LinkStatus::OfErrno(errno);
  const int fd = socket.fd();
  if (!stream && options.dont_fragment) SetProbing(fd, options.server.address.family());
  const SocketAddress to(options.server);
  const bool at_once = ::connect(fd, to.get(), to.size()) == 0;
  if (!at_once && errno != EINPROGRESS) return LinkStatus::OfErrno(errno);
  if (!stream) return {};
  if (!at_once && !WaitFor(fd, POLLOUT, Now() + options.timeout)) {
    return {Trouble::kSilent, "no answer to the connection attempt"};
  }
  if (const int error = ErrorOf(fd); error != 0) return LinkStatus::OfErrno(error);
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return {};
}

LinkStatus ClientSocket::Send(Bytes bytes) const {
  const net::Instant deadline = Now() + timeout_;
  do {
    const ssize_t n = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n >= 0) {
      bytes = bytes.subspan(static_cast<size_t>(n));
    } else if (errno == EAGAIN || errno == ENOBUFS) {
      if (!WaitFor(fd(), POLLOUT, deadline)) return {Trouble::kSilent, "the server does not read"};
    } else if (errno != EINTR) {
      return LinkStatus::OfErrno(errno);
    }
  } while (!bytes.empty());
  return {};
}

LinkStatus ClientSocket::Receive(MutableBytes into, size_t& size) const {
  size = 0;
  const ssize_t n = ::recv(fd(), into.data(), into.size(), 0);
  if (n > 0) {
    size = static_cast<size_t>(n);
    return {};
  }
  if (n == 0) return is_stream_ ? LinkStatus{Trouble::kClosed, "end of stream"} : LinkStatus{};
  if (errno == EAGAIN || errno == EINTR) return {};
  return LinkStatus::OfErrno(errno);
}

LinkStatus ClientSocket::WaitReadable(net::Instant deadline) const {
  if (WaitFor(fd(), POLLIN, deadline)) return {};
  return {Trouble::kSilent, "no answer"};
}

}  // namespace koeru::server
