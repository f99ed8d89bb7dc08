#pragma once

// What `koeru check` saw of one server over one transport: facts, without judgement. probe.h
// collects them, judge.h says what they mean, report_json.h prints them.

#include <optional>
#include <string>
#include <vector>

#include "core/client/actions.h"
#include "core/nat/behaviour_discovery.h"
#include "native_server/client/client_link.h"
#include "native_server/client/discovery.h"

namespace koeru::tools {

// Where one test goes to.
struct CheckTarget {
  std::string uri;
  std::string host;     // of the URI, as the certificate must name it
  bool relays = false;  // turn: or turns:
  server::ServerCandidate at;
};

// How a request ended: yes, no (code and reason), or no answer that counts.
struct RequestFacts {
  bool asked = false;
  bool ok = false;
  uint16_t code = 0;
  std::string reason;  // the server's words
  std::optional<net::Endpoint> alternate_server;
  std::optional<client::Failure> failure;
  server::LinkStatus status;
};

// Of the Binding request, and of the connection before it.
struct ReachFacts {
  server::LinkStatus connected;  // the TCP connection, and the handshake of TLS or DTLS
  double connect_ms = 0;
  // Of a datagram transport that failed: whether plain STUN over UDP was answered on the port.
  bool speaks_plain = false;
  std::optional<server::TlsFacts> tls;
  RequestFacts binding;
  double answer_ms = 0;
  int retransmissions = 0;
  net::Endpoint local;
  std::optional<net::Endpoint> mapped;
  std::string software;
};

struct AuthFacts {
  int challenges = 0;  // 401 came
  int stale_nonces = 0;
  std::optional<std::string> realm;
  bool has_nonce = false;
  std::string user;  // empty: none was given
  bool made_from_secret = false;
  std::optional<int64_t> expires_in_s;  // of a time-limited name, by this machine's clock
  RequestFacts allocate;
  // With a secret: whether a name that expires in ten years was let in where the first was not.
  std::optional<bool> later_name_works;
};

struct RelayFacts {
  std::optional<net::Endpoint> relayed;
  uint32_t lifetime_s = 0;
  bool dont_fragment = false;  // the server takes DONT-FRAGMENT
};

// Data through the relay: to a second allocation of ours, or to the echo peer.
struct EchoFacts {
  std::optional<net::Endpoint> peer;  // --echo-peer
  RequestFacts second_allocation;
  RequestFacts permission;
  RequestFacts channel;
  bool with_indications = false;
  bool with_channels = false;
};

// A datagram of ours straight to the relayed address.
struct OutsideFacts {
  bool done = false;
  RequestFacts permission;
  bool arrived = false;
  // The server is on this machine: its own addresses are peers of a special kind.
  bool same_machine = false;
};

struct PathFacts {
  // IP packets of this size made the way; 0: not tried.
  size_t largest_packet = 0;
  size_t too_large_packet = 0;  // the smallest that did not; 0: all did
  int sent = 0;
  int received = 0;
  double min_ms = 0, median_ms = 0, p95_ms = 0;
  int burst_kbps = 0;  // offered; 0: not tried
  int burst_sent = 0;
  int burst_received = 0;
  double arrived_kbps = 0;
};

// Of UDP; kUnknown where the server has no second address to find out with.
struct NatFacts {
  nat::Behaviour mapping = nat::Behaviour::kUnknown;
  nat::Behaviour filtering = nat::Behaviour::kUnknown;
};

struct TargetFacts {
  CheckTarget target;
  ReachFacts reach;
  NatFacts nat;
  AuthFacts auth;
  RelayFacts relay;
  EchoFacts echo;
  OutsideFacts outside;
  PathFacts path;
};

}  // namespace koeru::tools
