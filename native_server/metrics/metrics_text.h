#pragma once

// The counters of all workers as Prometheus reads them (text exposition format 0.0.4).
//
// Labels are our own words out of short lists (direction, cause, reason), and realms of the
// configuration: the number of series is fixed, whatever clients send.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native_server/worker/counters.h"

namespace koeru::server {

struct MetricsSnapshot {
  Totals totals;
  double uptime_s = 0;
  bool draining = false;
  std::string_view version;
  std::vector<std::pair<std::string, size_t>> realms{};  // and their allocations
};

std::string MetricsText(const MetricsSnapshot& snapshot);

}  // namespace koeru::server
