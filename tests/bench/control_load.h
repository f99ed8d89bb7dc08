#pragma once

// The control plane under load: Binding requests, and allocations made and deleted.

#include "tests/bench/client_farm.h"
#include "tests/bench/process_cost.h"

namespace koeru::bench {

struct ControlResult {
  int64_t done = 0;
  int64_t lost = 0;
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

// Binding requests from `clients` addresses in turn, `window` of them under way.
ControlResult RunBindings(ClientFarm& farm, const ProcessCost& server, size_t clients,
                          size_t window, double seconds);

// Allocate (401, then with credentials) and Refresh with lifetime 0, each from an address of its
// own, `window` of them under way.
ControlResult RunAllocations(ClientFarm& farm, const ProcessCost& server, size_t window,
                             double seconds);

struct MemoryResult {
  int64_t before = 0;
  int64_t after = 0;
  size_t allocations = 0;
};

// Private memory of the server before and after `count` allocations with a channel each. A few
// allocations are made before the first reading, so that what a server sets up once is not counted.
MemoryResult MeasureMemory(ClientFarm& farm, const ProcessCost& server, size_t count,
                           const net::PeerAddress& peer);

}  // namespace koeru::bench
