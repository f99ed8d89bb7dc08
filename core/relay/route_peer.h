#pragma once

// The permission check of both directions. Private to core/relay.

#include "core/relay/relay_state.h"
#include "core/relay/route.h"

namespace koeru::relay {

// Fills drop, peer and peer_is_own of a route to route.peer.
void RoutePeer(const RelayState& state, const Allocation& allocation, net::Instant now,
               RouteToPeer& route);

}  // namespace koeru::relay
