#include "core/relay/permission_list.h"

#include <algorithm>

namespace koeru::relay {
namespace {

bool AddressLess(const Permission& a, const net::Address& b) { return a.peer < b; }

}  // namespace

const Permission* PermissionList::Find(const net::Address& peer, net::Instant now) const {
  // Most allocations have one or two.
  if (list_.size() <= 2) {
    for (const Permission& permission : list_) {
      if (permission.peer == peer) return now < permission.end ? &permission : nullptr;
    }
    return nullptr;
  }
  const auto at = std::lower_bound(list_.begin(), list_.end(), peer, AddressLess);
  if (at == list_.end() || at->peer != peer || at->end <= now) return nullptr;
  return &*at;
}

bool PermissionList::HasRoomFor(std::span<const Permission> permissions, size_t limit,
                                net::Instant now) {
  list_.erase(std::remove_if(list_.begin(), list_.end(),
                             [now](const Permission& p) { return p.end <= now; }),
              list_.end());
  const auto added =
      std::count_if(permissions.begin(), permissions.end(),
                    [&](const Permission& p) { return Find(p.peer, now) == nullptr; });
  return list_.size() + static_cast<size_t>(added) <= limit;
}

void PermissionList::Install(const Permission& permission) {
  const auto at = std::lower_bound(list_.begin(), list_.end(), permission.peer, AddressLess);
  if (at != list_.end() && at->peer == permission.peer) {
    *at = permission;
  } else {
    list_.insert(at, permission);
  }
}

bool PermissionList::IsConsistent() const {
  return std::adjacent_find(list_.begin(), list_.end(),
                            [](const Permission& a, const Permission& b) {
                              return !(a.peer < b.peer);
                            }) == list_.end();
}

}  // namespace koeru::relay
