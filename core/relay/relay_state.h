#pragma once

// Everything one relay knows, for its handlers. Private to core/relay.

#include "core/relay/allocation_table.h"
#include "core/relay/amplification_limiter.h"
#include "core/relay/config.h"
#include "core/relay/counters.h"
#include "core/relay/credentials.h"
#include "core/relay/mobility_ticket.h"
#include "core/relay/nonce.h"
#include "core/relay/owner_table.h"
#include "core/relay/peer_policy.h"
#include "core/relay/reservations.h"
#include "core/relay/timer_wheel.h"

namespace koeru::relay {

struct RelayState {
  RelayState(const RelayConfig& relay_config, RandomSource& random_source);

  const RelayConfig& config;
  RandomSource& random;
  const PeerPolicy policy;
  const Credentials credentials;
  const NonceMint nonces;
  const TicketSeal tickets;
  AmplificationLimiter limiter;
  LocalReservations own_reservations;
  ReservationBook& reservations;

  TimerWheel timers;  // before the allocations, whose nodes leave it when they are destroyed
  OwnerTable owners;
  AllocationTable allocations;
  RelayCounters counters;
  size_t next_alternate = 0;  // whose turn it is among RelayConfig::alternate_servers

  // The live allocation on that 5-tuple, or null; one of the two when it is a dual one.
  Allocation* FindLive(const net::FiveTuple& five_tuple, net::Instant now) {
    Allocation* found = allocations.Find(five_tuple);
    return found == nullptr || found->IsLive(now) ? found : found->LiveOther(now);
  }
  // The same for one that is about to move there; mobility.h.
  Allocation* FindLiveMovingTo(const net::FiveTuple& five_tuple, net::Instant now) {
    Allocation* found = allocations.FindMovingTo(five_tuple);
    return found == nullptr || found->IsLive(now) ? found : found->LiveOther(now);
  }
};

// Ends a live allocation: closes its socket, gives its quota back, tells the event sink.
void EndAllocation(RelayState& state, Allocation& allocation, EndReason reason, Actions& actions);

// Takes a pending allocation back as if it had never been.
void AbandonAllocation(RelayState& state, Allocation& allocation);

}  // namespace koeru::relay
