#pragma once

// Allocations per user and in total, over all workers (user-quota, total-quota). Asked when an
// allocation is made and when it ends.

#include <array>
#include <atomic>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "core/relay/config.h"

namespace koeru::server {

class SharedQuotaLedger final : public relay::QuotaLedger {
 public:
  // 0: unlimited.
  SharedQuotaLedger(size_t per_user, size_t total) : per_user_(per_user), total_(total) {}

  // Counts for what is asked for from now on; who has more already keeps it.
  void SetLimits(size_t per_user, size_t total) {
    per_user_.store(per_user, std::memory_order_relaxed);
    total_.store(total, std::memory_order_relaxed);
  }

  bool Acquire(std::string_view username, std::string_view realm) override;
  void Release(std::string_view username, std::string_view realm) override;

 private:
  // Users with at least one allocation, split so that workers seldom wait for each other. Bounded
  // by the number of allocations.
  struct Shard {
    std::mutex mutex;
    absl::flat_hash_map<std::string, size_t> allocations_by_user;
  };
  Shard& ShardOf(std::string_view key) { return shards_[std::hash<std::string_view>()(key) % 16]; }

  std::atomic<size_t> per_user_;
  std::atomic<size_t> total_;
  std::atomic<size_t> in_use_{0};
  std::array<Shard, 16> shards_;
};

}  // namespace koeru::server
