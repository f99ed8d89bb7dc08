#include "native_server/worker/quota_ledger.h"

#include "absl/strings/str_cat.h"

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
  size_t& count = shard.allocations_by_user[key];
  if (per_user > 0 && count >= per_user) {
    in_use_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  ++count;
  return true;
}

void SharedQuotaLedger::Release(std::string_view username, std::string_view realm) {
  in_use_.fetch_sub(1, std::memory_order_relaxed);
  if (username.empty()) return;
  const std::string key = KeyOf(username, realm);
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.allocations_by_user.find(key);
  if (found == shard.allocations_by_user.end()) return;
  if (--found->second == 0) shard.allocations_by_user.erase(found);
}

}  // namespace koeru::server
