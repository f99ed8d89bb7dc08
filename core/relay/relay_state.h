#pragma once

// Everything one relay knows, for its handlers. Private to core/relay.

#include "core/relay/allocation_table.h"
#include "core/relay/amplification_limiter.h"
#include "core/relay/connection_table.h"
#include "core/relay/counters.h"
#include "core/relay/mobility_ticket.h"
#include "core/relay/owner_table.h"
#include "core/relay/reservations.h"
#include "core/relay/rules.h"
#include "core/relay/timer_wheel.h"
#include "core/relay/user_lookups.h"

namespace koeru::relay {

// What lives on when the rules change.
struct RelayTables {
  RelayTables(const RelayConfig& config, RandomSource& random, WorkerPlace place);

  const TicketSeal tickets;
  AmplificationLimiter limiter;
  LocalReservations own_reservations;
  TimerWheel timers;  // before the allocations, whose nodes leave it when they are destroyed
  OwnerTable owners;
  AllocationTable allocations;
  ConnectionTable connections;
  UserLookups users;
  RelayCounters counters;
  size_t next_alternate = 0;  // whose turn it is among RelayConfig::alternate_servers
};

// Rules and tables under short names; made anew when the rules change.
struct RelayState {
  RelayState(const RelayRules& relay_rules, RelayTables& tables, RandomSource& random_source,
             EventSink* event_sink);

  const RelayRules& rules;
  const RelayConfig& config;  // of the default realm, and what is the same in all
  RandomSource& random;
  EventSink* const events;  // null: nobody wants to know
  const TokenKeys& tokens;
  const TicketSeal& tickets;
  AmplificationLimiter& limiter;
  ReservationBook& reservations;

  TimerWheel& timers;
  OwnerTable& owners;
  AllocationTable& allocations;
  ConnectionTable& connections;
  UserLookups& users;
  RelayCounters& counters;
  size_t& next_alternate;

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
  // Where an allocation belongs to; the default realm when its own is gone.
  const RealmRules& RealmOf(const Allocation& allocation) const {
    const RealmRules* const realm = rules.FindRealm(allocation.quota_account().realm);
    return realm != nullptr ? *realm : rules;
  }
};

// Where its relayed transport address is known to all workers; null when nowhere.
inline LiveRelayedAddresses* LiveAddressesOf(const RelayConfig& config,
                                             const Allocation& allocation) {
  return allocation.tcp ? config.live_tcp : config.live;
}

// Ends a live allocation: closes its socket and its connections to peers, gives its quota back,
// tells the event sink.
void EndAllocation(RelayState& state, Allocation& allocation, EndReason reason, Actions& actions);

// Takes a pending allocation back as if it had never been.
void AbandonAllocation(RelayState& state, Allocation& allocation);

}  // namespace koeru::relay
