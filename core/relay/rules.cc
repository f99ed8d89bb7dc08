#include "core/relay/rules.h"

#include "core/relay/origin.h"

namespace koeru::relay {
namespace {

// The configuration as it is in another realm. Users of the file belong to the default one.
RelayConfig ConfigOf(const RelayConfig& config, const RealmConfig& realm) {
  RelayConfig other = config;
  other.realm = realm.name;
  other.users.clear();
  other.shared_secrets = realm.shared_secrets;
  other.allowed_peers = realm.allowed_peers;
  other.denied_peers = realm.denied_peers;
  other.max_bytes_per_second = realm.max_bytes_per_second;
  other.other_realms.clear();
  other.realm_by_origin.clear();
  other.token_keys.clear();
  return other;
}

}  // namespace

RealmRules::RealmRules(RelayConfig realm_config, RandomSource& random)
    : config(std::move(realm_config)),
      policy(config),
      credentials(config, random),
      nonces(config, {.password_algorithms = credentials.offers_sha256(),
                      .username_anonymity = credentials.offers_userhash()}) {}

RelayRules::RelayRules(RelayConfig relay_config, RandomSource& random)
    : RealmRules(std::move(relay_config), random), tokens(config) {
  realm_by_name_.emplace(name(), this);
  for (const RealmConfig& realm : config.other_realms) {
    if (realm_by_name_.contains(realm.name)) continue;
    others_.push_back(std::make_unique<const RealmRules>(ConfigOf(config, realm), random));
    realm_by_name_.emplace(others_.back()->name(), others_.back().get());
  }
  for (const OriginRealm& row : config.realm_by_origin) {
    if (const RealmRules* realm = FindRealm(row.realm)) realm_by_origin_.emplace(row.origin, realm);
  }
}

const RealmRules* RelayRules::FindRealm(std::string_view realm) const {
  const auto found = realm_by_name_.find(realm);
  return found == realm_by_name_.end() ? nullptr : found->second;
}

const RealmRules* RelayRules::FindByOrigin(std::string_view origin) const {
  if (realm_by_origin_.empty()) return nullptr;
  const auto found = realm_by_origin_.find(CanonicalOrigin(origin));
  return found == realm_by_origin_.end() ? nullptr : found->second;
}

}  // namespace koeru::relay
