#pragma once

// From a stun:, stuns:, turn: or turns: URI to transports and addresses: RFC 5928 section 3, RFC
// 8489 section 8. No sockets: names are asked of a NameService.
//
//   Discovery found = Discover(uri, resolver);
//   for (const ServerCandidate& candidate : found.candidates) Try(candidate);
//
// Where the URI says no transport, each one that the scheme allows is looked for: a bare
// "turn:host" gives UDP, TCP and, at the ports of turns:, TLS and DTLS. What NAPTR records
// (naptr.h) lead to comes first, in their order; browsers ask neither for them nor for SRV records,
// so transports that they leave out are looked for all the same.

#include "core/ice/uri.h"
#include "core/net/five_tuple.h"
#include "native_server/client/name_service.h"

namespace koeru::server {

struct ServerCandidate {
  net::Transport transport = net::Transport::kUdp;
  net::Endpoint endpoint;
  // What the URI is mostly for: the transport it names, else UDP for turn:, TLS for turns:.
  bool is_asked_for = false;
  // "a.example.org:3479", when a SRV or NAPTR record led to another host or port than who asks for
  // none (a browser) would try; else empty.
  std::string record_host_port = {};
};

// One question to DNS and what came of it.
struct Lookup {
  std::string name;
  std::string type;                  // "NAPTR", "SRV", "A and AAAA"
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
