#pragma once

// What one worker has of the relay's own media peer: its sessions, orders that wait for them, and
// where the datagrams of other workers' sessions go.

#include <chrono>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "native_server/media/media_sessions.h"
#include "native_server/worker/client_sender.h"
#include "native_server/worker/counters.h"

namespace koeru::server {

// A candidate pair's path is a client's 5-tuple, seen from the server.
inline ice::Path PathOf(const net::FiveTuple& five_tuple) {
  return {.local = five_tuple.server.endpoint,
          .remote = five_tuple.client.endpoint,
          .transport = five_tuple.transport};
}
inline net::FiveTuple FiveTupleOf(const ice::Path& path) {
  return {.client = {path.remote}, .server = {path.local}, .transport = path.transport};
}

// Paths of sessions of other workers: only what is media's goes there, because a browser uses one
// socket for its allocation here and its connectivity checks. An entry is there because that worker
// has found a check good, and goes when nothing has come for kIdle.
class SteeredPaths {
 public:
  static constexpr size_t kMax = 16384;
  static constexpr net::Duration kIdle = std::chrono::seconds(60);

  void Learn(const ice::Path& path, size_t worker, net::Instant now) {
    if (entries_.size() < kMax || entries_.contains(path)) entries_[path] = {worker, now};
  }
  // Nothing: steered nowhere.
  std::optional<size_t> Find(const ice::Path& path, net::Instant now) {
    const auto found = entries_.find(path);
    if (found == entries_.end()) return std::nullopt;
    found->second.last_used = now;
    return found->second.worker;
  }
  void ForgetIdle(net::Instant now) {
    std::erase_if(entries_,
                  [&](const auto& entry) { return now - entry.second.last_used > kIdle; });
  }

 private:
  struct Entry {
    size_t worker = 0;
    net::Instant last_used;
  };
  std::map<ice::Path, Entry> entries_;
};

class MediaOrders {
 public:
  // From any thread.
  void Leave(MediaOrder order) {
    const std::lock_guard lock(mutex_);
    orders_.push_back(std::move(order));
  }
  // By the worker, when it was woken.
  std::vector<MediaOrder> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(orders_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<MediaOrder> orders_;  // guarded by mutex_
};

struct MediaSide final : MediaSender {
  static constexpr net::Duration kSweep = std::chrono::seconds(10);

  MediaSide(MediaSessionsOptions options, relay::RandomSource& random, MediaReports& desk,
            ClientSender& to_clients, WorkerCounters& counters)
      : to_clients_(to_clients),
        counters_(counters),
        sessions(std::move(options), random, desk, *this) {}

  void Send(const ice::Path& path, Bytes datagram) override {
    counters_.media_sent_packets.Add(1);
    counters_.media_sent_bytes.Add(datagram.size());
    if (net::IsStream(path.transport)) {
      to_clients_.AddFramed(FiveTupleOf(path), datagram);
    } else {
      to_clients_.AddDatagram(FiveTupleOf(path), datagram);
    }
  }

  // False: it was no session's.
  bool OnStun(const ice::Path& path, Bytes message, net::Instant now) {
    const size_t size = message.size();
    return sessions.OnStun(path, message, now) && Count(size);
  }
  bool OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now) {
    const size_t size = datagram.size();
    return sessions.OnDatagram(path, datagram, now) && Count(size);
  }

  net::Instant NextDeadline() const { return sessions.NextDeadline(); }

 private:
  bool Count(size_t bytes) {
    counters_.media_received_packets.Add(1);
    counters_.media_received_bytes.Add(bytes);
    return true;
  }

  ClientSender& to_clients_;
  WorkerCounters& counters_;

 public:
  MediaSessions sessions;
  SteeredPaths steered;
  net::Instant next_sweep;
  MediaOrders orders;
};

}  // namespace koeru::server
