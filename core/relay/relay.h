#pragma once

// The TURN server as a state machine: RFC 8656 without I/O. One Relay per worker; workers share
// nothing but the few interfaces of RelayConfig (quota, live ports).
//
//   Relay relay(config, random);
//   // control plane: STUN requests
//   actions.Clear();
//   relay.OnMessage(five_tuple, datagram, now, wall, actions);
//   for (const Action& action : actions) CarryOut(action);
//   // data plane: no actions, only routes
//   RouteToPeer route = relay.RouteFromClient(five_tuple, datagram, now);
//   RouteToClient back = relay.RouteFromPeer(allocation, peer, now);
//   // timers
//   if (now >= relay.NextDeadline()) relay.OnTimeout(now, actions);
//
// Everything passed in is borrowed for the call only.

#include "core/bytes/reader.h"
#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/actions.h"
#include "core/relay/config.h"
#include "core/relay/route.h"

namespace koeru::relay {

class Relay {
 public:
  Relay(const RelayConfig& config, RandomSource& random);
  ~Relay();

  // A STUN message from a client that is not a Send indication: requests and their replies.
  void OnMessage(const net::FiveTuple& from, Bytes datagram, net::Instant now, net::UnixTime wall,
                 Actions& actions);

  // ChannelData or a Send indication. The caller may reuse the answer for later packets of the
  // same batch that carry the same channel number.
  RouteToPeer RouteFromClient(const net::FiveTuple& from, Bytes datagram, net::Instant now);

  // A datagram that arrived on the relay socket of `allocation`.
  RouteToClient RouteFromPeer(AllocationHandle allocation, const net::PeerAddress& peer,
                              net::Instant now);

  // The edge's answers to OpenRelaySocket.
  void OnRelaySocketOpened(AllocationHandle allocation, net::Instant now, Actions& actions);
  void OnRelaySocketFailed(AllocationHandle allocation, net::Instant now, Actions& actions);

  // The allocation of this worker whose relay socket is bound to `local`, for the short cut
  // between two clients of one relay.
  bool FindByRelayedAddress(const net::Endpoint& relayed, AllocationHandle& found) const;

  net::Instant NextDeadline() const;  // Instant::Max() when nothing is pending
  void OnTimeout(net::Instant now, Actions& actions);

  size_t allocation_count() const;
  // Invariants, checked in debug builds after each public call.
  bool IsConsistent() const;
};

}  // namespace koeru::relay
