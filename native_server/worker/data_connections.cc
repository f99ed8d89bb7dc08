#include "native_server/worker/data_connections.h"

#include <sys/epoll.h>

#include <algorithm>
#include <utility>

#include "native_server/io/tcp_socket.h"

namespace koeru::server {

using Side = DataConnection::Side;
using Stage = DataConnection::Stage;

uint32_t DataConnections::Add(std::unique_ptr<DataConnection> connection) {
  auto slot = static_cast<uint32_t>(list_.size());
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else {
    list_.emplace_back();
  }
  slot_by_id_.emplace(connection->id(), slot);
  list_[slot] = std::move(connection);
  return slot;
}

bool DataConnections::Connect(const relay::ConnectPeer& action) {
  UniqueFd fd = ConnectTcp(action.local, action.peer, device_);
  if (!fd.is_open()) return false;
  const uint32_t slot = Add(std::make_unique<DataConnection>(action.connection, action.allocation,
                                                             Stage::kConnecting, std::move(fd)));
  Watch(slot, {});
  return true;
}

void DataConnections::Keep(relay::ConnectionId id, relay::AllocationHandle allocation,
                           UniqueFd peer) {
  Add(std::make_unique<DataConnection>(id, allocation, Stage::kUnbound, std::move(peer)));
}

DataConnection* DataConnections::Find(relay::ConnectionId id) {
  const auto found = slot_by_id_.find(id);
  return found == slot_by_id_.end() ? nullptr : list_[found->second].get();
}

DataConnection* DataConnections::At(uint32_t slot) {
  return slot < list_.size() ? list_[slot].get() : nullptr;
}

void DataConnections::Close(relay::ConnectionId id) {
  const auto found = slot_by_id_.find(id);
  if (found == slot_by_id_.end()) return;
  const uint32_t slot = found->second;
  slot_by_id_.erase(found);
  std::erase_if(paused_, [slot](const Paused& paused) { return paused.slot == slot; });
  list_[slot].reset();  // closing the sockets takes them out of epoll
  free_.push_back(slot);
}

// Nothing to wait for: not even an error is reported then, which would wake the worker again and
// again while there is nothing to be done about it.
void DataConnections::WatchSide(DataConnection& connection, Side side, uint32_t slot,
                                net::Instant now) {
  const uint32_t wanted = connection.EventsOf(side, now);
  const uint32_t before = std::exchange(connection.watched[side], wanted);
  if (wanted == before) return;
  epoll_event event{};
  event.events = wanted;
  event.data.u64 = tag_ | slot;
  const int change = before == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
  ::epoll_ctl(epoll_fd_, change, connection.fd(side), &event);
}

void DataConnections::Watch(uint32_t slot, net::Instant now) {
  DataConnection& connection = *list_[slot];
  for (const Side side : {Side::kPeer, Side::kClient}) {
    WatchSide(connection, side, slot, now);
  }
  std::erase_if(paused_, [slot](const Paused& paused) { return paused.slot == slot; });
  net::Instant next = net::Instant::Max();
  for (const Side side : {Side::kPeer, Side::kClient}) {
    const net::Instant until = connection.paused_until(side);
    if (until > now) next = std::min(next, until);
  }
  if (next != net::Instant::Max()) paused_.push_back({slot, next});
}

std::vector<uint32_t> DataConnections::TakeResumed(net::Instant now) {
  std::vector<uint32_t> resumed;
  std::erase_if(paused_, [&](const Paused& paused) {
    if (now < paused.until) return false;
    resumed.push_back(paused.slot);
    return true;
  });
  return resumed;
}

net::Instant DataConnections::NextResume() const {
  net::Instant next = net::Instant::Max();
  for (const Paused& paused : paused_) next = std::min(next, paused.until);
  return next;
}

}  // namespace koeru::server
