#include "native_server/worker/quota_ledger.h"

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

// A realm has no zero byte in it: no two pairs give the same key.
std::string KeyOf(std::string_view username, std::string_view realm) {
  return absl::StrCat(realm, std::string_view("\0", 1), username);
}

}  // namespace

// Users are counted without a limit, too: one may be set while their allocations live.
bool SharedQuotaLedger::Acquire(std::string_view username, std::string_view realm) {
  const size_t total = total_.load(std::memory_order_relaxed);
  if (in_use_.fetch_add(1, std::memory_order_relaxed) >= total && total > 0) {
    in_use_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  if (username.empty()) return true;
  const size_t per_user = per_user_.load(std::memory_order_relaxed);
  const std::string key = KeyOf(username, realm);
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  LetGo(shard);
  const auto found = shard.users.find(key);
  if (per_user > 0 && found != shard.users.end() && found->second.allocations >= per_user) {
    in_use_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  ++shard.users[key].allocations;
  return true;
}

void SharedQuotaLedger::Release(std::string_view username, std::string_view realm) {
  in_use_.fetch_sub(1, std::memory_order_relaxed);
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

}  // namespace koeru::server
