#pragma once

// S-NAPTR (RFC 3958) for TURN: from a domain to what its operator offers, in the operator's order.
// RFC 5928 section 3 step 4; RFC 7350 section 4.6 adds DTLS.
//
//   example.org. NAPTR 100 10 "S" "RELAY:turn.udp"           "" _turn._udp.example.org.
//   example.org. NAPTR 100 20 "A" "RELAY:turn.tls:turn.tcp"  "" relay.example.org.
//   example.org. NAPTR 200 10 ""  "RELAY:turn.udp"           "" elsewhere.example.
//
// "S" leads to SRV records, "A" to addresses, no flag to further NAPTR records.

#include <string>
#include <vector>

#include "native_server/client/discovery.h"

namespace koeru::server {

struct NaptrTarget {
  enum class Kind : uint8_t { kService, kHost };
  net::Transport transport = net::Transport::kUdp;
  Kind kind = Kind::kHost;
  std::string name;  // of SRV records, or of a host
};

// Bounds on what a hostile domain can make us ask.
constexpr size_t kMostNaptrQuestions = 4;
constexpr size_t kMostNaptrTargets = 16;

// Each question and its answers go to `lookups`. Empty: there are none for TURN.
std::vector<NaptrTarget> FollowNaptr(std::string_view domain, NameService& names,
                                     std::vector<Lookup>& lookups);

}  // namespace koeru::server
