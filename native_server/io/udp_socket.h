#pragma once

// Opens UDP sockets. Two kinds, with only the options each one needs:
//
//   absl::StatusOr<UniqueFd> listener = OpenListener({Address::V4(192, 0, 2, 1), 3478}, options);
//   UniqueFd relayed = OpenRelaySocketFd({Address::V4(192, 0, 2, 1), 50000}, options);
//
// All are non-blocking and closed on exec.

#include <string>

#include "absl/status/statusor.h"
#include "core/net/address.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

struct UdpOptions {
  bool gro = true;       // UDP_GRO: runs of datagrams arrive in one piece
  std::string device{};  // SO_BINDTODEVICE; empty: any
  int buffer_bytes = 0;  // SO_RCVBUF and SO_SNDBUF; 0: the kernel's default
};

// A listening socket with SO_REUSEPORT, so that each worker has its own; the kernel keeps a client
// on one of them. On a wildcard address the kernel reports where a datagram was sent to
// (IP_PKTINFO), so that the reply leaves from there and the five-tuple has the right server
// address. The status' message is for people: it names the endpoint and the cause.
absl::StatusOr<UniqueFd> OpenListener(const net::Endpoint& local, const UdpOptions& options);

// Says whether anybody has the port already, which SO_REUSEPORT would hide.
absl::Status CheckPortIsFree(const net::Endpoint& local);

// A socket for a relayed transport address: as few system calls as possible, one is opened for
// each allocation. Closed on failure (errno tells).
UniqueFd OpenRelaySocketFd(const net::Endpoint& local, const UdpOptions& options);

// The socket sends and receives through that network interface only. True when the kernel agreed;
// empty: nothing is asked for.
bool BindToDevice(int fd, const std::string& device);

// RFC 8656 section 14: the DF bit of what the socket sends from now on. True when it was set.
bool SetDontFragment(int fd, net::Family family, bool on);

}  // namespace koeru::server
