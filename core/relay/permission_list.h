#pragma once

// The permissions of one allocation: RFC 8656 section 9: "a permission ... consists of an IP
// address and an associated time-to-expiry". Per address, without a port.
//
// Sorted by address, so that a lookup is a binary search over a few cache lines. What has expired
// is never found, at that very nanosecond, and its memory is reused by the next Install.

#include <span>

#include "absl/container/inlined_vector.h"
#include "core/net/address.h"
#include "core/net/time.h"

namespace koeru::relay {

struct Permission {
  net::Address peer;
  // The peer is an address of this server: data goes to and comes from live relays only.
  bool only_live_relays = false;
  net::Instant end;  // the first instant at which it holds no more
};

class PermissionList {
 public:
  const Permission* Find(const net::Address& peer, net::Instant now) const;

  // Would these fit beside what is there? Forgets what has expired.
  bool HasRoomFor(std::span<const Permission> permissions, size_t limit, net::Instant now);
  // Adds, or moves the end of, the permission for that address.
  void Install(const Permission& permission);

  void Clear() { list_ = {}; }
  size_t size() const { return list_.size(); }  // expired ones among them
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }
  bool IsConsistent() const;

 private:
  absl::InlinedVector<Permission, 2> list_;
};

}  // namespace koeru::relay
