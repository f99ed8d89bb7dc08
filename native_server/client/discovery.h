#pragma once

// From a stun:, stuns:, turn: or turns: URI to transports and addresses: RFC 5928 section 3, RFC
// 8489 section 8. No sockets: names are asked of a NameService.
//
//   Discovery found = Discover(uri, resolver);
//   for (const ServerCandidate& candidate : found.candidates) Try(candidate);
//
// Where the URI says no transport, each one that the scheme allows is looked for: a bare
// "turn:host" gives UDP, TCP and, at the ports of turns:, TLS and DTLS. NAPTR records (RFC 5928
// section 3 step 4) are not asked for, as in browsers.

#include "core/ice/uri.h"
#include "core/net/five_tuple.h"
#include "native_server/client/name_service.h"

namespace koeru::server {

struct ServerCandidate {
  net::Transport transport = net::Transport::kUdp;
  net::Endpoint endpoint;
  // What the URI is mostly for: the transport it names, else UDP for turn:, TLS for turns:.
  bool is_asked_for = false;
  // An SRV record led here, to a port that who asks no SRV (a browser) would not try.
  bool is_port_from_srv = false;
};

// One question to DNS and what came of it.
struct Lookup {
  std::string name;
  std::string type;                  // "SRV", "A and AAAA"
  std::vector<std::string> answers;  // as text
  std::string error;                 // empty: answered
};

struct Discovery {
  std::vector<Lookup> lookups;
  std::vector<ServerCandidate> candidates;  // none twice
};

Discovery Discover(const ice::Uri& uri, NameService& names);

// "UDP", "TCP", "TLS", "DTLS".
std::string_view TransportName(net::Transport transport);

}  // namespace koeru::server
