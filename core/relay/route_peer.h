#pragma once

// The permission check of both directions. Private to core/relay.

#include "core/relay/relay_state.h"
#include "core/relay/route.h"

namespace koeru::relay {

// The relay address that clients know as `address`, and the one whose sockets are bound to it: they
// differ behind a NAT, where two relays of this server talk to each other's sockets directly. Null
// when it is no address of ours.
const RelayAddress* FindByAdvertised(const RelayConfig& config, const net::Address& address);
const RelayAddress* FindByLocal(const RelayConfig& config, const net::Address& address);

// Fills drop, peer and peer_is_own of a route to route.peer.
void RoutePeer(const RelayState& state, const Allocation& allocation, net::Instant now,
               RouteToPeer& route);

}  // namespace koeru::relay
