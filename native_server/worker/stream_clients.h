#pragma once

// The clients of one worker that came over TCP and TLS.

#include <memory>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/worker/counters.h"
#include "native_server/worker/stream_client.h"

namespace koeru::server {

class StreamClients {
 public:
  StreamClients(int epoll_fd, uint64_t tag, WorkerCounters& counters)
      : epoll_fd_(epoll_fd), tag_(tag), counters_(counters) {}

  // From any thread: leaves a connection for TakeArrivals, whose slots are new.
  void Leave(StreamConnection connection);
  std::vector<uint32_t> TakeArrivals(net::Instant now);

  // Null when nobody has that slot.
  StreamClient* At(uint32_t slot);
  // Queues one message; what its connection does not take is dropped and counted.
  void Add(const net::FiveTuple& five_tuple, StreamQueue::Kind kind, const Outgoing& message);
  // Where it came in; null when nobody has that 5-tuple.
  ListenerTraffic* TrafficOf(const net::FiveTuple& five_tuple) const;
  // Sends what was queued since, as far as the sockets take it.
  void Flush();
  void FlushOne(uint32_t slot);

  // Reads no more from it before `until`.
  void Pause(uint32_t slot, net::Instant until);
  // Those whose time has come: they may have something to read.
  std::vector<uint32_t> TakeResumed(net::Instant now);
  net::Instant NextResume() const;  // Instant::Max(): nobody is paused

  // Its next bytes are no messages; whoever asks for TakeLeaving takes it out with Release. Nothing
  // happens when nobody has that 5-tuple.
  void Leave(const net::FiveTuple& five_tuple, StreamClient::Leaving leaving);
  std::vector<uint32_t> TakeLeaving();
  StreamClient::Parts Release(uint32_t slot);

  // Marks it; whoever asks for TakeEnded tells the relay and then closes it.
  void End(uint32_t slot);
  std::vector<uint32_t> TakeEnded();
  void Close(uint32_t slot);

  size_t size() const { return by_tuple_.size(); }
  size_t slots() const { return list_.size(); }

 private:
  void WatchOutput(StreamClient& client, uint32_t slot);
  void Watch(const StreamClient& client, uint32_t slot);

  int epoll_fd_;
  uint64_t tag_;  // of epoll's data, with the slot in the lower half
  WorkerCounters& counters_;
  std::vector<std::unique_ptr<StreamClient>> list_;  // by slot
  std::vector<uint32_t> free_;
  absl::flat_hash_map<net::FiveTuple, uint32_t> by_tuple_;
  std::vector<uint32_t> dirty_, ended_, paused_, leaving_;

  std::mutex mutex_;
  std::vector<StreamConnection> arrivals_;  // guarded by mutex_
};

}  // namespace koeru::server
