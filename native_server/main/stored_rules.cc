#include "native_server/main/stored_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/config/parse_value.h"
#include "native_server/users/realm_options.h"

namespace koeru::server {
namespace {

absl::Status AddRanges(const std::vector<Record>& records, std::string_view table,
                       std::vector<relay::AddressRange>& ranges) {
  for (const Record& record : records) {
    auto range = ParseRange(record.name);
    if (!range.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(table, " of realm \"", Escape(record.realm), "\": ",
                       range.status().message(), "; take it out with koeru peer remove"));
    }
    range->origin = absl::StrCat(table, " ", Escape(record.name), " of the database");
    ranges.push_back(*std::move(range));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AddStoredRules(const StoredRules& rules, relay::RelayConfig& config,
                            ServerOptions& options) {
  relay::RelayConfig next = config;
  ServerOptions limits = options;
  absl::Status status = AddRanges(rules.allowed_peers, "allowed_peer_ip", next.allowed_peers);
  if (status.ok()) status = AddRanges(rules.denied_peers, "denied_peer_ip", next.denied_peers);
  if (!status.ok()) return status;
  for (const Record& option : rules.realm_options) {
    if (status = CheckRealmOption(option); !status.ok()) return status;
    const uint32_t number = RealmOptionNumber(option);
    if (option.name == "total-quota") limits.total_quota = number;
    if (option.name == "user-quota") limits.user_quota = number;
    if (option.name == "max-bps") {
      limits.max_bps = number;
      next.max_bytes_per_second = number;
    }
  }
  for (const std::string& secret : rules.secrets) {
    auto& known = next.shared_secrets;
    if (std::find(known.begin(), known.end(), secret) == known.end()) known.push_back(secret);
  }
  for (const OauthKey& key : rules.oauth_keys) {
    auto token_key = ToTokenKey(key);
    if (!token_key.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(
          token_key.status().message(), "; set it anew, or take it out, with koeru oauth-key"));
    }
    next.token_keys.push_back(*std::move(token_key));
  }
  config = std::move(next);
  options = std::move(limits);
  return absl::OkStatus();
}

}  // namespace koeru::server
