#include "core/relay/relay_state.h"

#include "core/relay/peer_connections.h"

namespace koeru::relay {
namespace {

void Forget(RelayState& state, Allocation& allocation) {
  if (state.config.quota != nullptr) {
    const QuotaAccount account = allocation.quota_account();
    state.config.quota->Release(account.name, account.realm);
  }
  Owner* const owner = allocation.owner;
  state.allocations.Remove(allocation);
  if (owner != nullptr) state.owners.Release(owner);
}

}  // namespace

RelayTables::RelayTables(const RelayConfig& config, RandomSource& random, WorkerPlace place)
    : tickets(config),
      limiter(config.amplification_bytes_per_second, random),
      own_reservations(config.quota),
      allocations(random),
      connections(place),
      users(random) {}

RelayState::RelayState(const RelayRules& relay_rules, RelayTables& tables,
                       RandomSource& random_source, EventSink* event_sink)
    : rules(relay_rules),
      config(rules.config),
      random(random_source),
      events(event_sink),
      tokens(rules.tokens),
      tickets(tables.tickets),
      limiter(tables.limiter),
      reservations(config.reservations != nullptr ? *config.reservations : tables.own_reservations),
      timers(tables.timers),
      owners(tables.owners),
      allocations(tables.allocations),
      connections(tables.connections),
      users(tables.users),
      counters(tables.counters),
      next_alternate(tables.next_alternate) {}

void EndAllocation(RelayState& state, Allocation& allocation, EndReason reason, Actions& actions) {
  CloseConnections(state, allocation, actions);
  actions.Close(allocation.handle);
  if (auto* live = LiveAddressesOf(state.config, allocation)) live->Remove(allocation.relayed);
  ++state.counters.allocations_ended[static_cast<size_t>(reason)];
  if (state.events != nullptr) {
    state.events->OnAllocationEnded(
        {allocation.handle, allocation.five_tuple, allocation.relayed, allocation.username()},
        reason);
  }
  Forget(state, allocation);
}

void AbandonAllocation(RelayState& state, Allocation& allocation) { Forget(state, allocation); }

}  // namespace koeru::relay
