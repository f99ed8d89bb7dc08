#include "core/relay/owner_table.h"

#include <cassert>

#include "absl/hash/hash.h"

namespace koeru::relay {

size_t OwnerTable::Hash::operator()(const Identity& identity) const {
  return absl::HashOf(identity.username);
}

size_t OwnerTable::Hash::operator()(const std::unique_ptr<Owner>& owner) const {
  return absl::HashOf(std::string_view(owner->username));
}

Owner* OwnerTable::Acquire(std::string_view username, const LongTermKey& key,
                           const QuotaAccount& account) {
  auto found = owners_.find(Identity{username, &key, account});
  if (found == owners_.end()) {
    auto owner = std::make_unique<Owner>(Owner{.username = std::string(username),
                                               .key = key,
                                               .quota_name = std::string(account.name),
                                               .quota_realm = std::string(account.realm)});
    found = owners_.insert(std::move(owner)).first;
  }
  ++(*found)->allocations;
  return found->get();
}

void OwnerTable::Release(Owner* owner) {
  assert(owner->allocations > 0);
  if (--owner->allocations > 0) return;
  owners_.erase(owners_.find(Identity{owner->username, &owner->key, owner->quota_account()}));
}

}  // namespace koeru::relay
