#pragma once

// ICMP errors about datagrams that a UDP socket sent, which the kernel queues beside its data
// (IP_RECVERR, IPV6_RECVERR; see OpenRelaySocketFd).
//
//   while (ReadErrorQueue(fd, report)) if (report.is_icmp) ...
//
// An error that waits is also what the socket's next send or receive returns, once (see
// SendQueue).

#include "core/net/address.h"

namespace koeru::server {

struct ErrorReport {
  bool is_icmp = false;
  net::Endpoint peer;  // where the datagram was sent to
  uint8_t type = 0;    // of ICMP or ICMPv6, by the peer's family
  uint8_t code = 0;
  uint32_t mtu = 0;    // of "fragmentation needed" and "packet too big"
};

// False when nothing is queued. A datagram that this machine itself could not send, because it is
// larger than the path's MTU and must not be fragmented, is reported as the first router would; its
// port is not always known (0), and then told by SendQueue::TakeTooLargePort.
bool ReadErrorQueue(int fd, ErrorReport& report);

}  // namespace koeru::server
