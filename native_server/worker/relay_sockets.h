#pragma once

// The sockets of relayed transport addresses, one per allocation, found by the allocation's slot.
// A handle of an ended allocation finds nothing, although its slot may be in use again.

#include <deque>
#include <memory>

#include "core/relay/actions.h"
#include "core/relay/bandwidth.h"
#include "core/relay/events.h"
#include "native_server/io/send_queue.h"
#include "native_server/io/udp_socket.h"
#include "native_server/worker/counters.h"
#include "native_server/worker/user_bandwidth.h"

namespace koeru::server {

enum class Direction : uint8_t { kToPeer, kToClient };

struct RelaySocket {
  int fd = -1;
  bool tcp = false;  // it listens (RFC 6062), and carries no datagrams
  relay::AllocationHandle allocation;
  net::Endpoint local;
  net::Instant opened;
  relay::AllocationTraffic traffic;  // payload, as the worker's counters
  // Where its client comes in; null until the allocation is made.
  ListenerTraffic* listener = nullptr;
  relay::Bandwidth to_peer, to_client;
  uint64_t max_bytes_per_second = 0;    // of each direction, as its realm says; 0: unlimited
  std::shared_ptr<UserBandwidth> user;  // null: nobody's
  bool is_stamped = false;              // see ForwardingLatency
  bool dont_fragment = false;           // what the socket's DF bit is set to
  uint16_t too_large_port = 0;  // of the peer for whom a datagram with the DF bit was too large
  SegmentLimit to_peer_limit = kNoSegmentLimit;
  SegmentLimit to_client_limit = kNoSegmentLimit;
  // Datagrams that wait to be sent to peers (see peer_sender.h): indices, kNone when there are
  // none.
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  uint32_t first_waiting = kNone;
  uint32_t last_waiting = kNone;
};

class RelaySockets {
 public:
  // Events of epoll carry the handle: slot in the upper half, generation in the lower.
  RelaySockets(int epoll_fd, const UdpOptions& options, WorkerCounters& counters)
      : epoll_fd_(epoll_fd), options_(options), counters_(counters) {}
  RelaySockets(const RelaySockets&) = delete;
  RelaySockets& operator=(const RelaySockets&) = delete;
  ~RelaySockets();

  // False when the socket could not be opened or bound; errno tells.
  bool Open(const relay::OpenRelaySocket& action, net::Instant now);
  void Close(relay::AllocationHandle allocation);

  // Null when that allocation has no socket. The address is stable until it is closed.
  RelaySocket* Find(relay::AllocationHandle allocation);
  // Those that are open.
  template <typename Visit>
  void ForEach(Visit visit) {
    for (RelaySocket& socket : by_slot_) {
      if (socket.fd >= 0) visit(socket);
    }
  }

  // `count` payloads of `size` bytes each that it carries.
  void CountToPeer(RelaySocket& socket, size_t size, size_t count = 1) {
    CountUse(socket);
    socket.traffic.to_peer_packets += count;
    socket.traffic.to_peer_bytes += size * count;
    if (socket.listener != nullptr) socket.listener->to_peer.Count(size, count);
  }
  void CountToClient(RelaySocket& socket, size_t size, size_t count = 1) {
    CountUse(socket);
    socket.traffic.to_client_packets += count;
    socket.traffic.to_client_bytes += size * count;
    if (socket.listener != nullptr) socket.listener->to_client.Count(size, count);
  }

 private:
  static bool IsUsed(const RelaySocket& socket) {
    return socket.traffic.to_peer_packets + socket.traffic.to_client_packets > 0;
  }
  void CountUse(const RelaySocket& socket) {
    if (!IsUsed(socket)) counters_.used_allocations.Add(1);
  }

  int epoll_fd_;
  UdpOptions options_;
  WorkerCounters& counters_;
  std::deque<RelaySocket> by_slot_;  // never shrinks: bounded by RelayConfig::max_allocations
};

}  // namespace koeru::server
