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

// Under which name and realm a user's allocations are counted (QuotaLedger).
struct QuotaAccount {
  std::string_view name = {};
  std::string_view realm = {};
  friend bool operator==(const QuotaAccount&, const QuotaAccount&) = default;
};

struct Owner {
  std::string username;
  // The key that made the allocation. Later requests on it are checked with this key, so a
  // time-limited credential is derived once, and a call may outlast it.
  LongTermKey key;
  // As it was when the allocation was made: a configuration that changed since may count the same
  // user elsewhere, and what was taken there is given back there.
  std::string quota_name = {};
  std::string quota_realm = {};
  uint32_t allocations = 0;

  QuotaAccount quota_account() const { return {quota_name, quota_realm}; }
};

class OwnerTable {
 public:
  Owner* Acquire(std::string_view username, const LongTermKey& key,
                 const QuotaAccount& account = {});
  void Release(Owner* owner);
  size_t size() const { return owners_.size(); }

 private:
  struct Identity {
    std::string_view username;
    const LongTermKey* key;
    QuotaAccount account;
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
      return {owner->username, &owner->key, owner->quota_account()};
    }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      const Identity left = Of(a), right = Of(b);
      return left.username == right.username && *left.key == *right.key &&
             left.account == right.account;
    }
  };

  absl::flat_hash_set<std::unique_ptr<Owner>, Hash, Equal> owners_;
};

}  // namespace koeru::relay
