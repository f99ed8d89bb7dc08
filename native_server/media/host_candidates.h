// The media peer's own candidates: the server's addresses on the port of STUN and TURN.
#pragma once

#include <cstdint>
#include <string>

#include "core/net/five_tuple.h"

namespace koeru::server {

// RFC 8445 section 5.1.2.1: the local preference of several addresses of one kind differs. IPv6
// first (RFC 8421), then in the order of `place`, the address's in the server's list. UDP before
// TCP (RFC 6544 section 4.2).
uint32_t HostPriority(const net::Endpoint& endpoint, size_t place,
                      net::Transport transport = net::Transport::kUdp);

// RFC 8839 section 5.1: "candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host". RFC 6544
// section 4.5: with "tcptype passive" for TCP.
std::string HostCandidateLine(const net::Endpoint& endpoint, size_t place,
                              net::Transport transport = net::Transport::kUdp);

}  // namespace koeru::server
