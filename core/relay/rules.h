#pragma once

// What a configuration says, worked out once: who is known, which peers pass, how nonces are made,
// in each realm. It never changes and all workers share one; a changed configuration makes a new
// one, which each worker takes up between two packets (Relay::SetRules).
//
//   auto rules = std::make_shared<const RelayRules>(config, random);  // any thread: keys take time
//   relay.SetRules(rules);                                            // the relay's own thread
//
// A request's ORIGIN chooses the realm that it is challenged in, and its REALM names that again.
// Both are what a stranger says: they are looked up here and nothing is kept of them.

#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/relay/config.h"
#include "core/relay/credentials.h"
#include "core/relay/nonce.h"
#include "core/relay/peer_policy.h"
#include "core/relay/token_keys.h"

namespace koeru::relay {

// Of one realm.
struct RealmRules {
  RealmRules(RelayConfig realm_config, RandomSource& random);
  RealmRules(const RealmRules&) = delete;
  RealmRules& operator=(const RealmRules&) = delete;

  const std::string& name() const { return config.realm; }

  const RelayConfig config;  // with this realm's name, secrets, users, peers and bandwidth
  const PeerPolicy policy;
  const Credentials credentials;
  const NonceMint nonces;
};

// Of the default realm, and all others.
struct RelayRules : RealmRules {
  RelayRules(RelayConfig relay_config, RandomSource& random);

  // Null: there is no such realm.
  const RealmRules* FindRealm(std::string_view realm) const;
  // Null: that origin leads nowhere.
  const RealmRules* FindByOrigin(std::string_view origin) const;

  const TokenKeys tokens;

 private:
  std::vector<std::unique_ptr<const RealmRules>> others_;
  absl::flat_hash_map<std::string_view, const RealmRules*> realm_by_name_;
  absl::flat_hash_map<std::string_view, const RealmRules*> realm_by_origin_;
};

}  // namespace koeru::relay
