#pragma once

// The TCP connections of one worker to peers (RFC 6062) and what they are joined with, by the id
// that the state machine gave them. Bounded by RelayConfig::max_connections.

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/worker/data_connection.h"

namespace koeru::server {

class DataConnections {
 public:
  // Events of epoll carry `tag` and a slot in the lower half. `device`: see UdpOptions.
  DataConnections(int epoll_fd, uint64_t tag, std::string device)
      : epoll_fd_(epoll_fd), tag_(tag), device_(std::move(device)) {}

  // False when it fails at once.
  bool Connect(const relay::ConnectPeer& action);
  // A peer's connection that was accepted.
  void Keep(relay::ConnectionId id, relay::AllocationHandle allocation, UniqueFd peer);
  // Null when there is none.
  DataConnection* Find(relay::ConnectionId id);
  DataConnection* At(uint32_t slot);
  uint32_t SlotOf(relay::ConnectionId id) const { return slot_by_id_.at(id); }
  void Close(relay::ConnectionId id);

  // epoll watches what the connection waits for now, and it is asked again when a pause is over.
  void Watch(uint32_t slot, net::Instant now);
  // Those whose pause is over.
  std::vector<uint32_t> TakeResumed(net::Instant now);
  net::Instant NextResume() const;  // Instant::Max(): none is paused

  size_t size() const { return slot_by_id_.size(); }

 private:
  uint32_t Add(std::unique_ptr<DataConnection> connection);
  void WatchSide(DataConnection& connection, DataConnection::Side side, uint32_t slot,
                 net::Instant now);

  int epoll_fd_;
  uint64_t tag_;
  std::string device_;
  std::vector<std::unique_ptr<DataConnection>> list_;  // by slot
  std::vector<uint32_t> free_;
  absl::flat_hash_map<relay::ConnectionId, uint32_t> slot_by_id_;
  struct Paused {
    uint32_t slot;
    net::Instant until;
  };
  std::vector<Paused> paused_;
};

}  // namespace koeru::server
