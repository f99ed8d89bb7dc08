#pragma once

// How the NAT between here and a server maps and filters (RFC 5780), when the server has a second
// address to find out with (rfc5780).

#include "native_server/tools/check/facts.h"

namespace koeru::tools {

// Asks the server over UDP from two sockets of `local`. Takes one round trip when the server says
// no OTHER-ADDRESS, and up to three seconds when a NAT filters.
NatFacts ProbeNat(const net::Endpoint& server, const net::Address& local);

}  // namespace koeru::tools
