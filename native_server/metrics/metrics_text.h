#pragma once

// The counters of all workers as Prometheus reads them (text exposition format 0.0.4).
//
// Labels are our own words out of short lists (direction, cause, reason), realms of the
// configuration and listeners as they are bound: the number of series is bounded, whatever clients
// send.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native_server/door/handshake_counts.h"
#include "native_server/media/media_counters.h"
#include "native_server/worker/counters.h"

namespace koeru::server {

// What the doors have seen (native_server/door).
struct DoorCounts {
  size_t half_open = 0;
  HandshakeCounts handshakes;
};

struct MetricsSnapshot {
  Totals totals;
  size_t tcp_connections = 0;  // TURN and web side together
  DoorCounts tls, dtls;        // refused over TLS: connections of every kind
  uint64_t dtls_cookies = 0;   // strangers that were asked for one
  uint64_t dtls_unheard = 0;   // datagrams dropped because too many waited for the door
  MediaCounts media{};         // zeros without a media peer
  double uptime_s = 0;
  bool draining = false;
  std::string_view version;
  std::vector<std::pair<std::string, size_t>> realms{};  // and their allocations
};

std::string MetricsText(const MetricsSnapshot& snapshot);

}  // namespace koeru::server
