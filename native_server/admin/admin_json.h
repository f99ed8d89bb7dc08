#pragma once

// Allocations as JSON and by name. ADMIN.md describes the members.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native_server/worker/operator_orders.h"

namespace koeru::server {

// "1-42-7": worker, slot, generation. The name of an allocation that has ended never names another.
std::string IdOf(const WatchedAllocation& allocation);
struct AllocationId {
  size_t worker = 0;
  relay::AllocationHandle allocation;
};
std::optional<AllocationId> ParseId(std::string_view id);

enum class AllocationOrder : uint8_t { kTraffic, kAge, kUser };

// {"total":N,"allocations":[...]}: the first `limit` in that order. Traffic: the most bytes first;
// age: the oldest first.
std::string AllocationsJson(std::vector<WatchedAllocation> all, AllocationOrder order,
                            size_t limit);

}  // namespace koeru::server
