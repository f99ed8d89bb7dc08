#pragma once

// Allocations per user, per realm and in total, over all workers (user-quota, total-quota,
// bps-capacity), and what those of a user carry together (user-max-bps). Asked when an allocation
// is made and when it ends.

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/relay/config.h"
#include "native_server/worker/user_bandwidth.h"

namespace koeru::server {

// 0: unlimited.
struct QuotaLimits {
  size_t per_user = 0;
  size_t total = 0;  // of the realm
};

class SharedQuotaLedger final : public relay::QuotaLedger {
 public:
  // Of each realm that has no limits of its own; 0: unlimited.
  SharedQuotaLedger(size_t per_user, size_t total) : limits_{per_user, total} {}

  // Count for what is asked for from now on; who has more already keeps it.
  void SetLimits(size_t per_user, size_t total);
  // `capacity`: allocations of all realms together; 0: unlimited.
  void SetRealms(const std::vector<relay::RealmConfig>& realms, size_t capacity);

  bool Acquire(std::string_view username, std::string_view realm) override;
  void Release(std::string_view username, std::string_view realm) override;

  // Of the default realm and of all realms, whichever is less.
  size_t total() const;

  // Of somebody who has an allocation; null for others, and for the anonymous.
  std::shared_ptr<UserBandwidth> BandwidthOf(std::string_view username,
                                             std::string_view realm) const;
  // Users who are kept in mind.
  size_t users() const;
  // Realms with at least one allocation, by name.
  std::vector<std::pair<std::string, size_t>> InUse() const;

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
  bool AcquireOfRealm(std::string_view realm, size_t& per_user);
  void ReleaseOfRealm(std::string_view realm);

  std::atomic<size_t> capacity_{0};
  std::atomic<size_t> in_use_{0};
  std::array<Shard, 16> shards_;

  // Guarded by realms_mutex_. As many as the configuration and the database name.
  mutable std::mutex realms_mutex_;
  QuotaLimits limits_;
  absl::flat_hash_map<std::string, QuotaLimits> limits_by_realm_;
  absl::flat_hash_map<std::string, size_t> in_use_by_realm_;
};

}  // namespace koeru::server
