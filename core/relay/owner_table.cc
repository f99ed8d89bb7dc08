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

Owner* OwnerTable::Acquire(std::string_view username, const LongTermKey& key) {
  auto found = owners_.find(Identity{username, &key});
  if (found == owners_.end()) {
    found = owners_.insert(std::make_unique<Owner>(Owner{std::string(username), key, 0})).first;
  }
  ++(*found)->allocations;
  return found->get();
}

void OwnerTable::Release(Owner* owner) {
  assert(owner->allocations > 0);
  if (--owner->allocations > 0) return;
  owners_.erase(owners_.find(Identity{owner->username, &owner->key}));
}

}  // namespace koeru::relay
