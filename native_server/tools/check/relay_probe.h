#pragma once

// The steps behind a successful Allocate: data through the relay and what the way is like.

#include <functional>

#include "native_server/client/turn_session.h"
#include "native_server/tools/check/facts.h"

namespace koeru::tools {

// The two ends of a way through the relay. With an echo peer both are the same session.
struct RelayedWay {
  server::TurnSession& from;
  server::TurnSession& to;
  net::PeerAddress peer;  // of `from`: where its data goes
  net::PeerAddress back;  // of `to`: where its data goes
};

inline constexpr uint16_t kProbeChannel = 0x4000;

// Permissions for both ends, then data both ways in indications, then channels and data in them.
void ProbeEcho(const RelayedWay& way, net::Duration timeout, EchoFacts& facts);

// A datagram from a socket of its own to the relayed address. Needs the address that the server
// sees us at, of the relayed address' family.
void ProbeOutside(server::TurnSession& session, const net::Endpoint& relayed,
                  const net::Address& mapped, net::Duration timeout, OutsideFacts& facts);

// Growing IP packets, in Send indications; with DONT-FRAGMENT where the server takes it.
void ProbePacketSize(const RelayedWay& way, net::Family family, bool dont_fragment,
                     PathFacts& facts);
// 50 packets in a second: loss and delay.
void ProbeDelay(const RelayedWay& way, PathFacts& facts);
// Two seconds of packets of 1000 bytes at this rate.
void ProbeThroughput(const RelayedWay& way, int kbps, PathFacts& facts);

}  // namespace koeru::tools
