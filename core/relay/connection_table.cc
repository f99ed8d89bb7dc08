#include "core/relay/connection_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

#include "core/bytes/reader.h"

namespace koeru::relay {

ConnectionTable::ConnectionTable(WorkerPlace place)
    : place_(place), worker_bits_(static_cast<int>(std::bit_width(place.workers - 1))) {
  assert(place.worker < place.workers);
}

std::optional<uint32_t> ConnectionTable::WorkerOf(ConnectionId id) const {
  const uint32_t worker = static_cast<uint32_t>(id) & ((uint32_t{1} << worker_bits_) - 1);
  if (worker >= place_.workers) return std::nullopt;
  return worker;
}

PeerConnection& ConnectionTable::Create(AllocationHandle allocation, const net::PeerAddress& peer,
                                        RandomSource& random) {
  auto connection = std::make_unique<PeerConnection>();
  do {
    std::array<uint8_t, 4> bytes;
    random.Fill(bytes);
    const uint32_t draw = Reader(bytes).U32();
    connection->id = static_cast<ConnectionId>((draw << worker_bits_) | place_.worker);
  } while (by_id_.contains(static_cast<uint32_t>(connection->id)));
  connection->allocation = allocation;
  connection->peer = peer;
  PeerConnection& made = *connection;
  by_slot_[allocation.slot].push_back(&made);
  by_id_.emplace(static_cast<uint32_t>(made.id), std::move(connection));
  return made;
}

PeerConnection* ConnectionTable::Find(ConnectionId id) {
  const auto found = by_id_.find(static_cast<uint32_t>(id));
  return found == by_id_.end() ? nullptr : found->second.get();
}

PeerConnection* ConnectionTable::Find(AllocationHandle allocation, const net::PeerAddress& peer) {
  for (PeerConnection* connection : Of(allocation)) {
    if (connection->peer == peer) return connection;
  }
  return nullptr;
}

void ConnectionTable::Remove(PeerConnection& connection) {
  const auto list = by_slot_.find(connection.allocation.slot);
  list->second.erase(std::find(list->second.begin(), list->second.end(), &connection));
  if (list->second.empty()) by_slot_.erase(list);
  by_id_.erase(static_cast<uint32_t>(connection.id));
}

// An allocation takes its connections along when it ends, so the list of a slot is that of the
// allocation which is in it.
const ConnectionTable::List& ConnectionTable::Of(AllocationHandle allocation) const {
  static const List kNone;
  const auto list = by_slot_.find(allocation.slot);
  if (list == by_slot_.end() || list->second.front()->allocation != allocation) return kNone;
  return list->second;
}

size_t ConnectionTable::CountConnecting(AllocationHandle allocation) const {
  const List& list = Of(allocation);
  return static_cast<size_t>(
      std::count_if(list.begin(), list.end(), [](const PeerConnection* connection) {
        return connection->state == PeerConnection::State::kConnecting;
      }));
}

bool ConnectionTable::IsConsistent() const {
  size_t listed = 0, timed = 0;
  for (const auto& [slot, list] : by_slot_) {
    listed += list.size();
    for (const PeerConnection* connection : list) {
      if (connection->allocation != list.front()->allocation) return false;
      if (connection->allocation.slot != slot) return false;
    }
  }
  for (const auto& [id, connection] : by_id_) {
    if (static_cast<uint32_t>(connection->id) != id) return false;
    const bool waits = connection->state != PeerConnection::State::kBound;
    if (connection->timer.scheduled() != waits) return false;
    timed += waits ? 1 : 0;
  }
  return listed == by_id_.size() && timed == timers_.size() && timers_.IsConsistent();
}

}  // namespace koeru::relay
