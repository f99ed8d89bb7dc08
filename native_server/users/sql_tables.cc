#include "native_server/users/sql_tables.h"

#include <array>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

// As in coturn's schema.sql.
constexpr auto kTables = std::to_array<SqlTable>({
    {Table::kUsers, "turnusers_lt", "name", "hmackey", true,
     "(realm varchar(127) default '', name varchar(512), hmackey char(128), "
     "primary key (realm,name))"},
    {Table::kSecrets, "turn_secret", "value", "", true,
     "(realm varchar(127) default '', value varchar(256), primary key (realm,value))"},
    {Table::kAllowedPeers, "allowed_peer_ip", "ip_range", "", true,
     "(realm varchar(127) default '', ip_range varchar(256), primary key (realm,ip_range))"},
    {Table::kDeniedPeers, "denied_peer_ip", "ip_range", "", true,
     "(realm varchar(127) default '', ip_range varchar(256), primary key (realm,ip_range))"},
    {Table::kOrigins, "turn_origin_to_realm", "origin", "", false,
     "(origin varchar(127), realm varchar(127), primary key (origin))"},
    {Table::kRealmOptions, "turn_realm_option", "opt", "value", true,
     "(realm varchar(127) default '', opt varchar(32), value varchar(128), "
     "primary key (realm,opt))"},
    {Table::kAdmins, "admin_user", "name", "password", false,
     "(name varchar(32), realm varchar(127), password varchar(127), primary key (name))"},
});

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kTables.size(); ++i) {
    if (static_cast<size_t>(kTables[i].table) != i) return false;
  }
  return true;
}
static_assert(kTables.size() == kTableCount && IsInOrder());

std::string Columns(const SqlTable& table) {
  std::string columns = absl::StrCat("coalesce(realm,''), ", table.name_column);
  if (!table.value_column.empty()) absl::StrAppend(&columns, ", ", table.value_column);
  return columns;
}

std::string WhereKey(const SqlTable& table) {
  return table.realm_is_key ? absl::StrCat(" WHERE realm = $1 AND ", table.name_column, " = $2")
                            : absl::StrCat(" WHERE ", table.name_column, " = $1");
}

}  // namespace

const SqlTable& SqlTableOf(Table table) { return kTables[static_cast<size_t>(table)]; }
std::span<const SqlTable> SqlTables() { return kTables; }

std::string FindStatement(const SqlTable& table) {
  return absl::StrCat("SELECT ", Columns(table), " FROM ", table.name, WhereKey(table));
}

std::string ListStatement(const SqlTable& table, bool of_one_realm) {
  return absl::StrCat("SELECT ", Columns(table), " FROM ", table.name,
                      of_one_realm ? " WHERE realm = $1" : "", " ORDER BY realm, ",
                      table.name_column);
}

std::string PutStatement(const SqlTable& table) {
  const bool has_value = !table.value_column.empty();
  std::string statement =
      absl::StrCat("INSERT INTO ", table.name, " (realm, ", table.name_column,
                   has_value ? absl::StrCat(", ", table.value_column) : "", ") VALUES ($1, $2",
                   has_value ? ", $3" : "", ") ON CONFLICT (", table.realm_is_key ? "realm, " : "",
                   table.name_column, ") DO ");
  std::string set;
  if (!table.realm_is_key) set = "realm = excluded.realm";
  if (has_value) {
    absl::StrAppend(&set, set.empty() ? "" : ", ", table.value_column, " = excluded.",
                    table.value_column);
  }
  absl::StrAppend(&statement, set.empty() ? "NOTHING" : absl::StrCat("UPDATE SET ", set));
  return statement;
}

std::string RemoveStatement(const SqlTable& table) {
  return absl::StrCat("DELETE FROM ", table.name, WhereKey(table));
}

std::string ListOauthKeysStatement() {
  return "SELECT kid, ikm_key, timestamp, lifetime, as_rs_alg, realm FROM oauth_key ORDER BY kid";
}

std::string PutOauthKeyStatement() {
  return "INSERT INTO oauth_key (kid, ikm_key, timestamp, lifetime, as_rs_alg, realm) VALUES ($1, "
         "$2, $3, $4, $5, $6) ON CONFLICT (kid) DO UPDATE SET ikm_key = excluded.ikm_key, "
         "timestamp = excluded.timestamp, lifetime = excluded.lifetime, "
         "as_rs_alg = excluded.as_rs_alg, realm = excluded.realm";
}

std::string RemoveOauthKeyStatement() { return "DELETE FROM oauth_key WHERE kid = $1"; }

std::vector<std::string> CreateStatements() {
  std::vector<std::string> statements;
  for (const SqlTable& table : kTables) {
    statements.push_back(
        absl::StrCat("CREATE TABLE IF NOT EXISTS ", table.name, " ", table.definition));
  }
  statements.emplace_back(
      "CREATE TABLE IF NOT EXISTS oauth_key (kid varchar(128), ikm_key varchar(256), "
      "timestamp bigint default 0, lifetime integer default 0, as_rs_alg varchar(64) default '', "
      "realm varchar(127), primary key (kid))");
  return statements;
}

}  // namespace koeru::server
