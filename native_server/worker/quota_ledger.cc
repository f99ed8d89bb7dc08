#include "native_server/worker/quota_ledger.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

// A realm has no zero byte in it: no two pairs give the same key.
std::string KeyOf(std::string_view username, std::string_view realm) {
  return absl::StrCat(realm, std::string_view("\0", 1), username);
}

}  // namespace

void SharedQuotaLedger::SetLimits(size_t per_user, size_t total) {
  const std::lock_guard lock(realms_mutex_);
  limits_ = {per_user, total};
}

void SharedQuotaLedger::SetRealms(const std::vector<relay::RealmConfig>& realms, size_t capacity) {
  capacity_.store(capacity, std::memory_order_relaxed);
  const std::lock_guard lock(realms_mutex_);
  limits_by_realm_.clear();
  for (const relay::RealmConfig& realm : realms) {
    limits_by_realm_[realm.name] = {realm.user_quota, realm.total_quota};
  }
}

bool SharedQuotaLedger::AcquireOfRealm(std::string_view realm, size_t& per_user) {
  const std::lock_guard lock(realms_mutex_);
  const auto own = limits_by_realm_.find(realm);
  const QuotaLimits& limits = own == limits_by_realm_.end() ? limits_ : own->second;
  per_user = limits.per_user;
  const auto counted = in_use_by_realm_.find(realm);
  const size_t in_use = counted == in_use_by_realm_.end() ? 0 : counted->second;
  if (limits.total > 0 && in_use >= limits.total) return false;
  in_use_by_realm_[realm] = in_use + 1;
  return true;
}

void SharedQuotaLedger::ReleaseOfRealm(std::string_view realm) {
  const std::lock_guard lock(realms_mutex_);
  const auto counted = in_use_by_realm_.find(realm);
  if (counted == in_use_by_realm_.end()) return;
  if (--counted->second == 0) in_use_by_realm_.erase(counted);
}

// Users are counted without a limit, too: one may be set while their allocations live.
bool SharedQuotaLedger::Acquire(std::string_view username, std::string_view realm) {
  const size_t capacity = capacity_.load(std::memory_order_relaxed);
  if (in_use_.fetch_add(1, std::memory_order_relaxed) >= capacity && capacity > 0) {
    in_use_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  size_t per_user = 0;
  if (!AcquireOfRealm(realm, per_user)) {
    in_use_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  if (username.empty()) return true;
  const std::string key = KeyOf(username, realm);
  Shard& shard = ShardOf(key);
  {
    const std::lock_guard lock(shard.mutex);
    LetGo(shard);
    User& user = shard.users[key];
    if (per_user == 0 || user.allocations < per_user) {
      ++user.allocations;
      return true;
    }
  }
  ReleaseOfRealm(realm);
  in_use_.fetch_sub(1, std::memory_order_relaxed);
  return false;
}

void SharedQuotaLedger::Release(std::string_view username, std::string_view realm) {
  in_use_.fetch_sub(1, std::memory_order_relaxed);
  ReleaseOfRealm(realm);
  if (username.empty()) return;
  const std::string key = KeyOf(username, realm);
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.users.find(key);
  if (found == shard.users.end() || found->second.allocations == 0) return;
  if (--found->second.allocations == 0) shard.leaving.push_back({key, Now()});
  LetGo(shard);
}

// In the order in which their last allocation ended: an early one who has more to pay off holds up
// the later ones, for kRemembered at most.
void SharedQuotaLedger::LetGo(Shard& shard) {
  const net::Instant now = Now();
  while (!shard.leaving.empty()) {
    const Leaving& leaving = shard.leaving.front();
    const auto found = shard.users.find(leaving.key);
    if (found != shard.users.end() && found->second.allocations == 0) {
      const bool is_paid_off = found->second.bandwidth->IsEmpty(now);
      if (!is_paid_off && now < leaving.since + kRemembered) return;
      shard.users.erase(found);
    }
    shard.leaving.pop_front();
  }
}

std::shared_ptr<UserBandwidth> SharedQuotaLedger::BandwidthOf(std::string_view username,
                                                              std::string_view realm) const {
  if (username.empty()) return nullptr;
  const std::string key = KeyOf(username, realm);
  const Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.users.find(key);
  return found == shard.users.end() ? nullptr : found->second.bandwidth;
}

size_t SharedQuotaLedger::users() const {
  size_t users = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    users += shard.users.size();
  }
  return users;
}

size_t SharedQuotaLedger::total() const {
  const size_t capacity = capacity_.load(std::memory_order_relaxed);
  const std::lock_guard lock(realms_mutex_);
  if (capacity == 0 || limits_.total == 0) return std::max(capacity, limits_.total);
  return std::min(capacity, limits_.total);
}

std::vector<std::pair<std::string, size_t>> SharedQuotaLedger::InUse() const {
  std::vector<std::pair<std::string, size_t>> realms;
  {
    const std::lock_guard lock(realms_mutex_);
    realms.assign(in_use_by_realm_.begin(), in_use_by_realm_.end());
  }
  std::sort(realms.begin(), realms.end());
  return realms;
}

}  // namespace koeru::server
