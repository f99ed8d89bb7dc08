#pragma once

// The checks that CreatePermission and ChannelBind share. Private to core/relay.

#include "core/relay/request.h"

namespace koeru::relay {

// May a client of this allocation name that peer? The allocation of the peer's family, of a dual
// one. Null after refusing the request with 443 when there is none (RFC 8656 sections 10.2 and
// 12.2), or with 403 when the policy denies. An address of the server itself passes with a verdict
// of kOnlyLiveRelays.
Allocation* JudgePeer(RelayState& state, const Request& request, Allocation& allocation,
                      const net::Endpoint& peer, PeerVerdict& verdict);

}  // namespace koeru::relay
