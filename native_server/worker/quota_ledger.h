#pragma once

// The users who have allocations, over all workers: how many (user-quota, total-quota), and what
// these carry together (user-max-bps). Asked when an allocation is made and when it ends.

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "core/relay/config.h"
#include "native_server/worker/user_bandwidth.h"

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

  size_t total() const { return total_.load(std::memory_order_relaxed); }

  // Of somebody who has an allocation; null for others, and for the anonymous.
  std::shared_ptr<UserBandwidth> BandwidthOf(std::string_view username,
                                             std::string_view realm) const;
  // Users who are kept in mind.
  size_t users() const;

 private:
  struct User {
    size_t allocations = 0;
    std::shared_ptr<UserBandwidth> bandwidth = std::make_shared<UserBandwidth>();
  };
  // Whose last allocation has ended.
  struct Leaving {
    std::string key;
    net::Instant since;
  };
  // Split so that workers seldom wait for each other. Bounded by the number of allocations: a user
  // without any stays only until what he sent is paid off, so that nobody begins anew with an empty
  // bucket by ending an allocation and making another one, and never longer than kRemembered.
  static constexpr net::Duration kRemembered = std::chrono::seconds(10);
  struct Shard {
    mutable std::mutex mutex;
    absl::flat_hash_map<std::string, User> users;
    std::deque<Leaving> leaving;
  };
  const Shard& ShardOf(std::string_view key) const {
    return shards_[std::hash<std::string_view>()(key) % shards_.size()];
  }
  Shard& ShardOf(std::string_view key) {
    return shards_[std::hash<std::string_view>()(key) % shards_.size()];
  }
  static void LetGo(Shard& shard);

  std::atomic<size_t> per_user_;
  std::atomic<size_t> total_;
  std::atomic<size_t> in_use_{0};
  std::array<Shard, 16> shards_;
};

}  // namespace koeru::server
