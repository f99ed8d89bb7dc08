#include "native_server/users/redis_keys.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "native_server/users/realm_options.h"

namespace koeru::server {
namespace {

// prefix REALM middle NAME suffix; a part that a table does not have is empty.
struct Row {
  Table table;
  RedisForm form;
  std::string_view prefix;
  bool has_realm;
  std::string_view middle;
  bool has_name;
  std::string_view suffix;
};

constexpr std::string_view kRealm = "turn/realm/";

constexpr auto kRows = std::to_array<Row>({
    {Table::kUsers, RedisForm::kText, kRealm, true, "/user/", true, "/key"},
    {Table::kSecrets, RedisForm::kSet, kRealm, true, "", false, "/secret"},
    {Table::kAllowedPeers, RedisForm::kSet, kRealm, true, "", false, "/allowed-peer-ip"},
    {Table::kDeniedPeers, RedisForm::kSet, kRealm, true, "", false, "/denied-peer-ip"},
    {Table::kOrigins, RedisForm::kText, "turn/origin/", false, "", true, ""},
    {Table::kRealmOptions, RedisForm::kText, kRealm, true, "/", true, ""},
    {Table::kAdmins, RedisForm::kHash, "turn/admin_user/", false, "", true, ""},
});

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<size_t>(kRows[i].table) != i) return false;
  }
  return true;
}
static_assert(kRows.size() == kTableCount && IsInOrder());

const Row& RowOf(Table table) { return kRows[static_cast<size_t>(table)]; }

// A realm is text, not a pattern.
std::string WithoutPatterns(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == '^' || c == '-') {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

}  // namespace

RedisForm RedisFormOf(Table table) { return RowOf(table).form; }

std::string RedisKeyOf(Table table, const std::string& realm, const std::string& name) {
  const Row& row = RowOf(table);
  return absl::StrCat(row.prefix, row.has_realm ? realm : "", row.middle, row.has_name ? name : "",
                      row.suffix);
}

std::string RedisPatternOf(Table table, const std::optional<std::string>& realm) {
  const Row& row = RowOf(table);
  return absl::StrCat(row.prefix,
                      !row.has_realm ? "" : realm ? WithoutPatterns(*realm) : "*", row.middle,
                      row.has_name ? "*" : "", row.suffix);
}

std::optional<Record> ParseRedisKey(Table table, std::string_view key) {
  const Row& row = RowOf(table);
  if (!key.starts_with(row.prefix) || !key.ends_with(row.suffix)) return std::nullopt;
  if (key.size() < row.prefix.size() + row.suffix.size()) return std::nullopt;
  key.remove_prefix(row.prefix.size());
  key.remove_suffix(row.suffix.size());
  if (!row.has_name) return Record{std::string(key), {}, {}};
  if (!row.has_realm) return Record{{}, std::string(key), {}};
  // A realm has no "/user/" in it, a user's name may; a realm may have '/' in it, an option does
  // not.
  const size_t middle =
      table == Table::kRealmOptions ? key.rfind(row.middle) : key.find(row.middle);
  if (middle == std::string_view::npos) return std::nullopt;
  Record record{std::string(key.substr(0, middle)),
                std::string(key.substr(middle + row.middle.size())), {}};
  if (table == Table::kRealmOptions && !IsRealmOption(record.name)) return std::nullopt;
  return record;
}

}  // namespace koeru::server
