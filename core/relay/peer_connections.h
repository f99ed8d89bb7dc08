#pragma once

// TCP connections to peers (RFC 6062) as allocations and timers see them. Private to core/relay.

#include "core/relay/relay_state.h"

namespace koeru::relay {

// The allocation ends.
void CloseConnections(RelayState& state, const Allocation& allocation, Actions& actions);

// Those that were not opened or not bound in time, at most `most` of them.
void EndLateConnections(RelayState& state, int most, net::Instant now, Actions& actions);

// Why one connection more cannot be had: 486 when the allocation has too many, 508 when the worker
// has. `connecting`: it has to be opened first.
struct RefusalReason;
const RefusalReason* FindConnectionLimit(const RelayState& state, AllocationHandle allocation,
                                         bool connecting);

// Invariant: each connection is that of a live TCP allocation.
bool ConnectionsFitAllocations(const RelayState& state);

}  // namespace koeru::relay
