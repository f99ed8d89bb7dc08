#include "native_server/main/stored_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/relay/origin.h"
#include "native_server/config/parse_value.h"
#include "native_server/users/realm_options.h"

namespace koeru::server {
namespace {

absl::Status AddRanges(const std::vector<Record>& records, std::string_view table,
                       std::vector<relay::AddressRange>& ranges) {
  for (const Record& record : records) {
    auto range = ParseRange(record.name);
    if (!range.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(table, " of realm \"", Escape(record.realm),
                                                     "\": ", range.status().message(),
                                                     "; take it out with koeru peer remove"));
    }
    range->origin = absl::StrCat(table, " ", Escape(record.name), " of the database");
    ranges.push_back(*std::move(range));
  }
  return absl::OkStatus();
}

absl::Status AddOptions(const std::vector<Record>& records, uint32_t& total_quota,
                        uint32_t& user_quota, uint32_t& max_bps) {
  for (const Record& option : records) {
    if (absl::Status status = CheckRealmOption(option); !status.ok()) return status;
    const uint32_t number = RealmOptionNumber(option);
    if (option.name == "total-quota") total_quota = number;
    if (option.name == "user-quota") user_quota = number;
    if (option.name == "max-bps") max_bps = number;
  }
  return absl::OkStatus();
}

void AddSecrets(const std::vector<std::string>& secrets, std::vector<std::string>& known) {
  for (const std::string& secret : secrets) {
    if (std::find(known.begin(), known.end(), secret) == known.end()) known.push_back(secret);
  }
}

std::vector<Record> OfAllRealms(const std::vector<Record>& records) {
  std::vector<Record> of_all;
  for (const Record& record : records) {
    if (record.realm.empty()) of_all.push_back(record);
  }
  return of_all;
}

// What the file says counts in every realm, as in coturn; its users belong to the default one.
absl::StatusOr<relay::RealmConfig> OtherRealm(const StoredRealm& stored, const StoredRules& rules,
                                              const relay::RelayConfig& file,
                                              const ServerOptions& options) {
  relay::RealmConfig realm{.name = stored.name,
                           .shared_secrets = file.shared_secrets,
                           .allowed_peers = file.allowed_peers,
                           .denied_peers = file.denied_peers};
  AddSecrets(stored.secrets, realm.shared_secrets);
  for (const auto& records : {OfAllRealms(rules.allowed_peers), stored.allowed_peers}) {
    absl::Status status = AddRanges(records, "allowed_peer_ip", realm.allowed_peers);
    if (!status.ok()) return status;
  }
  for (const auto& records : {OfAllRealms(rules.denied_peers), stored.denied_peers}) {
    absl::Status status = AddRanges(records, "denied_peer_ip", realm.denied_peers);
    if (!status.ok()) return status;
  }
  uint32_t total_quota = options.total_quota, user_quota = options.user_quota,
           max_bps = options.max_bps;
  absl::Status status = AddOptions(stored.realm_options, total_quota, user_quota, max_bps);
  if (!status.ok()) return status;
  realm.total_quota = total_quota;
  realm.user_quota = user_quota;
  realm.max_bytes_per_second = max_bps;
  return realm;
}

}  // namespace

absl::Status AddStoredRules(const StoredRules& rules, relay::RelayConfig& config,
                            ServerOptions& options) {
  relay::RelayConfig next = config;
  ServerOptions limits = options;
  absl::Status status = AddRanges(rules.allowed_peers, "allowed_peer_ip", next.allowed_peers);
  if (status.ok()) status = AddRanges(rules.denied_peers, "denied_peer_ip", next.denied_peers);
  if (status.ok()) {
    status = AddOptions(rules.realm_options, limits.total_quota, limits.user_quota, limits.max_bps);
  }
  if (!status.ok()) return status;
  next.max_bytes_per_second = limits.max_bps;
  AddSecrets(rules.secrets, next.shared_secrets);
  for (const OauthKey& key : rules.oauth_keys) {
    auto token_key = ToTokenKey(key);
    if (!token_key.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(
          token_key.status().message(), "; set it anew, or take it out, with koeru oauth-key"));
    }
    next.token_keys.push_back(*std::move(token_key));
  }
  for (const StoredRealm& stored : rules.other_realms) {
    auto realm = OtherRealm(stored, rules, config, options);
    if (!realm.ok()) return realm.status();
    next.other_realms.push_back(*std::move(realm));
  }
  for (const Record& origin : rules.origins) {
    next.realm_by_origin.push_back({relay::CanonicalOrigin(origin.name), origin.realm});
  }
  config = std::move(next);
  options = std::move(limits);
  return absl::OkStatus();
}

}  // namespace koeru::server
