#include "native_server/io/udp_socket.h"

#include <netinet/udp.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {
namespace {

bool SetOption(int fd, int level, int name, int value) {
  return ::setsockopt(fd, level, name, &value, sizeof(value)) == 0;
}

UniqueFd NewSocket(net::Family family) {
  const int domain = family == net::Family::kIpv6 ? AF_INET6 : AF_INET;
  return UniqueFd(::socket(domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

bool Bind(int fd, const net::Endpoint& local) {
  const SocketAddress address(local);
  return ::bind(fd, address.get(), address.size()) == 0;
}

// The forced variants pass net.core.rmem_max, and need CAP_NET_ADMIN.
void SetBuffers(int fd, int bytes) {
  if (!SetOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, bytes)) {
    SetOption(fd, SOL_SOCKET, SO_RCVBUF, bytes);
  }
  if (!SetOption(fd, SOL_SOCKET, SO_SNDBUFFORCE, bytes)) {
    SetOption(fd, SOL_SOCKET, SO_SNDBUF, bytes);
  }
}

absl::Status Failure(std::string_view what, const net::Endpoint& local, int error) {
  return absl::Status(
      error == EADDRINUSE ? absl::StatusCode::kAlreadyExists : absl::ErrnoToStatusCode(error),
      absl::StrCat("cannot ", what, " UDP ", local.ToString(), ": ", std::strerror(error)));
}

}  // namespace

absl::Status CheckPortIsFree(const net::Endpoint& local) {
  const UniqueFd socket = NewSocket(local.address.family());
  if (!socket.is_open()) return Failure("open a socket for", local, errno);
  if (local.address.is_v6()) SetOption(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (!Bind(socket.get(), local)) return Failure("listen on", local, errno);
  return absl::OkStatus();
}

absl::StatusOr<UniqueFd> OpenListener(const net::Endpoint& local, const UdpOptions& options) {
  UniqueFd socket = NewSocket(local.address.family());
  if (!socket.is_open()) return Failure("open a socket for", local, errno);
  const int fd = socket.get();
  const bool v6 = local.address.is_v6();
  bool ok = SetOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);
  if (v6) ok = ok && SetOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (local.address.IsUnspecified()) {
    ok = ok && (v6 ? SetOption(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                   : SetOption(fd, IPPROTO_IP, IP_PKTINFO, 1));
  }
  ok = ok && BindToDevice(fd, options.device);
  if (!ok) return Failure("set options of", local, errno);
  if (options.gro) SetOption(fd, SOL_UDP, UDP_GRO, 1);
  if (options.buffer_bytes > 0) SetBuffers(fd, options.buffer_bytes);
  if (!Bind(fd, local)) return Failure("listen on", local, errno);
  return socket;
}

UniqueFd OpenRelaySocketFd(const net::Endpoint& local, const UdpOptions& options) {
  UniqueFd socket = NewSocket(local.address.family());
  if (!socket.is_open()) return socket;
  if (options.gro) SetOption(socket.get(), SOL_UDP, UDP_GRO, 1);
  if (options.buffer_bytes > 0) SetBuffers(socket.get(), options.buffer_bytes);
  // RFC 8656 section 11.5: the client hears of ICMP errors (error_queue.h).
  SetOption(socket.get(), local.address.is_v6() ? IPPROTO_IPV6 : IPPROTO_IP,
            local.address.is_v6() ? IPV6_RECVERR : IP_RECVERR, 1);
  // RFC 8656 section 14.1: without DONT-FRAGMENT the DF bit is 0. In IPv6 no router fragments.
  if (local.address.is_v4()) SetDontFragment(socket.get(), net::Family::kIpv4, false);
  if (!BindToDevice(socket.get(), options.device) || !Bind(socket.get(), local)) {
    const int error = errno;
    socket.Reset();
    errno = error;
  }
  return socket;
}

bool BindToDevice(int fd, const std::string& device) {
  return device.empty() || ::setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device.data(),
                                        static_cast<socklen_t>(device.size())) == 0;
}

bool SetDontFragment(int fd, net::Family family, bool on) {
  if (family == net::Family::kIpv6) {
    return SetOption(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER,
                     on ? IPV6_PMTUDISC_DO : IPV6_PMTUDISC_WANT);
  }
  return SetOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, on ? IP_PMTUDISC_DO : IP_PMTUDISC_DONT);
}

}  // namespace koeru::server
