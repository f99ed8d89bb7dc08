#pragma once

// The TCP connections to peers of all allocations of one worker, by CONNECTION-ID and by
// allocation. Private to core/relay.
//
// A CONNECTION-ID is 32 bits: the lowest ones name the worker, because the ConnectionBind request
// comes to any of them; the others are random, so that nobody guesses somebody else's connection.
// Bounded by RelayConfig::max_connections.

#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "core/relay/config.h"
#include "core/relay/peer_connection.h"

namespace koeru::relay {

class ConnectionTable {
 public:
  using List = absl::InlinedVector<PeerConnection*, 2>;

  explicit ConnectionTable(WorkerPlace place);

  // The worker that made this id; nullopt when no worker makes such ids.
  std::optional<uint32_t> WorkerOf(ConnectionId id) const;
  uint32_t own_worker() const { return place_.worker; }

  PeerConnection& Create(AllocationHandle allocation, const net::PeerAddress& peer,
                         RandomSource& random);
  PeerConnection* Find(ConnectionId id);
  // The one of that allocation with that peer; null when there is none.
  PeerConnection* Find(AllocationHandle allocation, const net::PeerAddress& peer);
  void Remove(PeerConnection& connection);

  // Valid until the next Create or Remove.
  const List& Of(AllocationHandle allocation) const;
  size_t CountConnecting(AllocationHandle allocation) const;

  TimerWheel& timers() { return timers_; }
  const TimerWheel& timers() const { return timers_; }
  size_t size() const { return by_id_.size(); }
  bool IsConsistent() const;

  template <typename Visitor>
  void ForEach(Visitor visit) const {
    for (const auto& [id, connection] : by_id_) visit(*connection);
  }

 private:
  WorkerPlace place_;
  int worker_bits_ = 0;
  TimerWheel timers_;  // before the connections, whose nodes leave it when they are destroyed
  absl::flat_hash_map<uint32_t, std::unique_ptr<PeerConnection>> by_id_;
  absl::flat_hash_map<uint32_t, List> by_slot_;  // of the allocation
};

}  // namespace koeru::relay
