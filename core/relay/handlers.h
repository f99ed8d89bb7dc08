#pragma once

// One function, in a file of its own, for each method that the relay serves. Private to core/relay.
//
// A request that comes here is authenticated (Binding apart) and has no unknown
// comprehension-required attribute. Each handler follows the numbered steps of its RFC section and
// leaves its reply in request.actions.

#include "core/relay/request.h"

namespace koeru::relay {

void HandleBinding(RelayState& state, Request& request);  // RFC 8489 section 6.3.1
// A Binding request of RFC 3489, that is without a magic cookie. False: it is none.
bool HandleClassicBinding(RelayState& state, const net::FiveTuple& from, Bytes datagram,
                          net::Instant now, Actions& actions);
void HandleAllocate(RelayState& state, Request& request);          // RFC 8656 section 7.2
void HandleRefresh(RelayState& state, Request& request);           // RFC 8656 section 8.2
void HandleCreatePermission(RelayState& state, Request& request);  // RFC 8656 section 10.2
void HandleChannelBind(RelayState& state, Request& request);       // RFC 8656 section 12.2
void HandleConnect(RelayState& state, Request& request);           // RFC 6062 section 5.2
void HandleConnectionBind(RelayState& state, Request& request);    // RFC 6062 section 5.4

// Before authentication, for a ConnectionBind request that another worker answers. True: the client
// connection is to be handed over to it.
bool PassOn(RelayState& state, const Request& request);

// Before authentication, for a Refresh request whose ticket (RFC 8016) is of another worker's
// allocation. True: that worker is to answer it.
bool PassOnMove(RelayState& state, const Request& request);

// RFC 8489 section 10: before HandleAllocate, and before authentication. True: the client was sent
// to another server.
bool Redirect(RelayState& state, const Request& request);

// The second half of HandleAllocate, once the edge has answered OpenRelaySocket.
void FinishAllocate(RelayState& state, Allocation& allocation, net::Instant now, Actions& actions);
// Also for a retransmitted request.
void SendAllocateSuccess(RelayState& state, const Allocation& allocation, net::Instant now,
                         Actions& actions);
void RetryAllocate(RelayState& state, Allocation& allocation, net::Instant now, Actions& actions);

// The allocation that a Refresh, CreatePermission or ChannelBind request is about; null after
// refusing the request with 437, or 441 when it belongs to another user.
Allocation* FindOwnAllocation(RelayState& state, const Request& request);
// Whether the request comes from whom the allocation belongs to.
bool IsFromOwner(const RelayState& state, const Allocation& allocation, const Request& request);
// RelayConfig::check_origin: whether it has the ORIGIN that the allocation was made with.
bool KeepsOrigin(const RelayState& state, const Allocation& allocation, const Request& request);

// RFC 8656 sections 7.2 and 8.2: how long an allocation lives when the client asks for `wanted_s`
// seconds, 0 when it does not ask.
uint32_t GrantLifetime(const RelayConfig& config, uint32_t wanted_s);
// RFC 7635 section 9: and no longer than its access token counts; at least 1.
uint32_t SecondsLeft(const Allocation& allocation, net::Instant now);

}  // namespace koeru::relay
