#pragma once

// The checks that CreatePermission and ChannelBind share. Private to core/relay.

#include "core/relay/request.h"

namespace koeru::relay {

// May a client of this allocation name that peer? Refuses the request with 443 when the family
// differs (RFC 8656 sections 10.2 and 12.2) and with 403 when the policy denies. An address of the
// server itself passes with a verdict of kOnlyLiveRelays.
bool JudgePeer(RelayState& state, const Request& request, const Allocation& allocation,
               const net::Endpoint& peer, PeerVerdict& verdict);

}  // namespace koeru::relay
