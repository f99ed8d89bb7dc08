#pragma once

// RFC 8016: an allocation whose client comes from another address. Private to core/relay.
//
// A Refresh request with a ticket begins a move: the old 5-tuple stays the allocation's, and the
// new one is remembered beside it. The first data or request on the new one completes the move.

#include <optional>

#include "core/relay/mobility_ticket.h"
#include "core/relay/relay_state.h"

namespace koeru::relay {

// The ticket that is valid for this allocation now.
Ticket TicketOf(const RelayState& state, const Allocation& allocation);

// The worker whose allocation it is for; nullopt when it is ours, or not valid.
std::optional<uint32_t> OtherWorkerOf(const RelayState& state, Bytes ticket);

// The live allocation that `ticket`, sent from that 5-tuple, is for; null when it is not valid. The
// ticket before the newest one stays valid until the move is complete, and for retransmissions.
Allocation* FindByTicket(RelayState& state, Bytes ticket, const net::FiveTuple& from,
                         net::Instant now);

// Begins a move to `to` and makes a new ticket, unless this is a retransmission. False: another
// allocation is there.
bool BeginMove(RelayState& state, Allocation& allocation, Bytes ticket, const net::FiveTuple& to);
void CompleteMove(RelayState& state, Allocation& allocation);

}  // namespace koeru::relay
