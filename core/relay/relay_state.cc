#include "core/relay/relay_state.h"

namespace koeru::relay {
namespace {

void Forget(RelayState& state, Allocation& allocation) {
  if (state.config.quota != nullptr) {
    state.config.quota->Release(state.credentials.QuotaName(allocation.username()),
                                state.config.realm);
  }
  Owner* const owner = allocation.owner;
  state.allocations.Remove(allocation);
  if (owner != nullptr) state.owners.Release(owner);
}

}  // namespace

RelayState::RelayState(const RelayConfig& relay_config, RandomSource& random_source)
    : config(relay_config),
      random(random_source),
      policy(relay_config),
      credentials(relay_config, random_source),
      nonces(relay_config, {.password_algorithms = credentials.offers_sha256(),
                            .username_anonymity = credentials.offers_userhash()}),
      tickets(relay_config, random_source),
      limiter(relay_config.amplification_bytes_per_second, random_source),
      own_reservations(relay_config.quota, relay_config.realm),
      reservations(relay_config.reservations != nullptr ? *relay_config.reservations
                                                        : own_reservations),
      allocations(random_source) {}

void EndAllocation(RelayState& state, Allocation& allocation, EndReason reason,
                   Actions& actions) {
  actions.Close(allocation.handle);
  if (state.config.live != nullptr) state.config.live->Remove(allocation.relayed);
  ++state.counters.allocations_ended[static_cast<size_t>(reason)];
  if (state.config.events != nullptr) {
    state.config.events->OnAllocationEnded({allocation.handle, allocation.five_tuple,
                                            allocation.relayed, allocation.username()},
                                           reason);
  }
  Forget(state, allocation);
}

void AbandonAllocation(RelayState& state, Allocation& allocation) { Forget(state, allocation); }

}  // namespace koeru::relay
