#pragma once

// What one worker counts, and the sum over workers as statistics show it (GET /stats.json).

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/relay/events.h"
#include "core/relay/route.h"
#include "native_server/io/counter.h"
#include "native_server/io/histogram.h"
#include "native_server/io/send_queue.h"
#include "native_server/worker/forwarding_latency.h"
#include "native_server/worker/listener_traffic.h"

namespace koeru::server {

inline constexpr size_t kDropCauses = static_cast<size_t>(relay::Drop::kOverBandwidth) + 1;

// "no-permission" and the like: the name under which drops of this cause are shown.
std::string_view DropName(relay::Drop cause);

// Written by one worker's thread; a cache line of its own.
struct alignas(64) WorkerCounters {
  Counter allocations;
  Counter used_allocations;  // of those now: what has carried data
  Counter never_used;        // allocations that ended and had carried nothing
  Counter allocations_total;
  ListenerTraffics listeners;
  ForwardingLatency latency;
  Counter binding_requests;
  Counter allocate_requests;
  Counter unauthorized;  // 401 answers, the usual first one of each client included
  std::array<Counter, kDropCauses> dropped;
  Counter not_stun;         // of the control messages: no well-formed STUN
  Counter stream_clients;   // connected over TCP and TLS now
  Counter dtls_clients;     // associations now
  Counter tcp_connections;  // to peers now (RFC 6062)
  Counter peers_connected, peers_accepted, peers_refused, peers_unbound;  // RelayCounters
  Counter slow_reader;           // data messages dropped because their client did not read
  Counter challenges;            // 401 answers to requests without credentials
  Counter held_back;             // answers that the amplification limiter kept
  Counter user_lookups;          // questions to the database of users
  Counter user_lookups_failed;   // not answered
  Counter user_lookups_dropped;  // requests dropped because too many were open
  std::array<Counter, relay::kRefusalCauseCount> refused;
  std::array<Counter, relay::kEndReasonCount> ended;
  Counter steered;          // datagrams brought to the worker that has the allocation
  Counter steered_dropped;  // and those that it had no room for
  Counter recv_calls;
  // Of the media peer, connectivity checks included.
  Counter media_received_packets, media_received_bytes;
  Counter media_sent_packets, media_sent_bytes;
  SendCounters send;

  void Drop(relay::Drop cause, size_t datagrams = 1) {
    dropped[static_cast<size_t>(cause)].Add(datagrams);
  }
};

// ListenerTraffic as plain numbers.
struct ListenerTotals {
  net::Endpoint listener;
  net::Transport transport = net::Transport::kUdp;
  uint64_t to_peer_packets = 0, to_peer_bytes = 0;
  uint64_t to_client_packets = 0, to_client_bytes = 0;
};

struct Totals {
  uint64_t workers = 0;
  uint64_t allocations = 0;
  uint64_t used_allocations = 0;
  uint64_t never_used = 0;
  uint64_t allocations_total = 0;
  uint64_t client_to_peer_packets = 0, client_to_peer_bytes = 0;
  uint64_t peer_to_client_packets = 0, peer_to_client_bytes = 0;
  std::vector<ListenerTotals> listeners;  // whose sums the four above are
  HistogramCounts latency;
  uint64_t binding_requests = 0;
  uint64_t allocate_requests = 0;
  uint64_t unauthorized = 0;
  std::array<uint64_t, kDropCauses> dropped{};
  uint64_t stream_clients = 0;
  uint64_t dtls_clients = 0;
  uint64_t tcp_connections = 0;
  uint64_t peers_connected = 0, peers_accepted = 0, peers_refused = 0, peers_unbound = 0;
  uint64_t slow_reader = 0;
  uint64_t challenges = 0;
  uint64_t held_back = 0;
  uint64_t user_lookups = 0, user_lookups_failed = 0, user_lookups_dropped = 0;
  std::array<uint64_t, relay::kRefusalCauseCount> refused{};
  std::array<uint64_t, relay::kEndReasonCount> ended{};
  uint64_t steered = 0, steered_dropped = 0;
  uint64_t media_received_packets = 0, media_received_bytes = 0;
  uint64_t media_sent_packets = 0, media_sent_bytes = 0;
  uint64_t send_failed = 0;
  uint64_t recv_calls = 0;
  uint64_t send_calls = 0;

  void Add(const WorkerCounters& worker);

 private:
  void AddTraffic(const ListenerTraffic& traffic);
};

}  // namespace koeru::server
