#include "core/relay/known_users.h"

namespace koeru::relay {

KnownUsers::Answer KnownUsers::Find(std::string_view name, net::Instant now) {
  if (const Entry* const entry = found_.Find(name)) {
    const net::Duration age = now - entry->since;
    if (age < kStaleAfter) return {Standing::kFresh, entry->key};
    if (age < kOldAfter) return {Standing::kStale, entry->key};
    if (age < kForgottenAfter) return {Standing::kOld, entry->key};
    found_.Erase(name);
    return {};
  }
  const Entry* const entry = absent_.Find(name);
  if (entry == nullptr) return {};
  if (now - entry->since < kAbsentFor) return {Standing::kAbsent};
  absent_.Erase(name);
  return {};
}

void KnownUsers::Learn(std::string_view name, const LongTermKey& key, net::Instant now) {
  absent_.Erase(name);
  found_.Put(name, {key, now});
}

void KnownUsers::LearnAbsent(std::string_view name, net::Instant now) {
  found_.Erase(name);
  absent_.Put(name, {{}, now});
}

void KnownUsers::Clear() {
  found_.Clear();
  absent_.Clear();
}

const KnownUsers::Entry* KnownUsers::Table::Find(std::string_view name) {
  const auto young = young_.find(name);
  if (young != young_.end()) return &young->second;
  const auto old = old_.find(name);
  if (old == old_.end()) return nullptr;
  const Entry entry = old->second;
  Put(name, entry);
  return &young_.find(name)->second;
}

void KnownUsers::Table::Put(std::string_view name, const Entry& entry) {
  const std::string key(name);  // `name` may lie in what goes
  old_.erase(key);
  if (young_.size() >= half_ && !young_.contains(key)) {
    old_ = std::move(young_);
    young_ = Map();
  }
  young_.insert_or_assign(key, entry);
}

void KnownUsers::Table::Erase(std::string_view name) {
  young_.erase(name);
  old_.erase(name);
}

void KnownUsers::Table::Clear() {
  young_ = Map();
  old_ = Map();
}

}  // namespace koeru::relay
