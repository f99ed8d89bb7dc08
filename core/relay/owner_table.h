#pragma once

// The users who own allocations, each stored once however many allocations share it.
//
//   Owner* owner = owners.Acquire(username, key);    // counts one allocation more
//   owners.Release(owner);                             // one less; the last one frees the name

#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "core/relay/long_term_key.h"

namespace koeru::relay {

struct Owner {
  std::string username;
  // The key that made the allocation. Later requests on it are checked with this key, so a
  // time-limited credential is derived once, and a call may outlast it.
  LongTermKey key;
  uint32_t allocations = 0;
};

class OwnerTable {
 public:
  Owner* Acquire(std::string_view username, const LongTermKey& key);
  void Release(Owner* owner);
  size_t size() const { return owners_.size(); }

 private:
  struct Identity {
    std::string_view username;
    const LongTermKey* key;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(const Identity& identity) const;
    size_t operator()(const std::unique_ptr<Owner>& owner) const;
  };
  struct Equal {
    using is_transparent = void;
    static Identity Of(const Identity& identity) { return identity; }
    static Identity Of(const std::unique_ptr<Owner>& owner) {
      return {owner->username, &owner->key};
    }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return Of(a).username == Of(b).username && *Of(a).key == *Of(b).key;
    }
  };

  absl::flat_hash_set<std::unique_ptr<Owner>, Hash, Equal> owners_;
};

}  // namespace koeru::relay
