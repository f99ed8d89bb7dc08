#include "native_server/users/sql_store.h"

#include "absl/strings/numbers.h"
#include "native_server/users/sql_tables.h"

namespace koeru::server {
namespace {

std::vector<std::string> KeyOf(const SqlTable& table, const std::string& realm,
                               const std::string& name) {
  if (table.realm_is_key) return {realm, name};
  return {name};
}

Record RecordOf(std::vector<std::string>& row) {
  Record record{std::move(row[0]), std::move(row[1]), {}};
  if (row.size() > 2) record.value = std::move(row[2]);
  return record;
}

// A column of numbers; NULL is an empty text, and is 0 as in coturn.
int64_t NumberOf(const std::string& text) {
  int64_t number = 0;
  return absl::SimpleAtoi(text, &number) ? number : 0;
}

}  // namespace

absl::StatusOr<std::optional<Record>> SqlStore::Find(Table table, const std::string& realm,
                                                     const std::string& name) {
  const SqlTable& row = SqlTableOf(table);
  auto result = connection_->Execute(FindStatement(row), KeyOf(row, realm, name));
  if (!result.ok()) return result.status();
  if (result->rows.empty()) return std::nullopt;
  return RecordOf(result->rows.front());
}

absl::StatusOr<std::vector<Record>> SqlStore::List(Table table,
                                                   const std::optional<std::string>& realm) {
  std::vector<std::string> values;
  if (realm) values.push_back(*realm);
  auto result = connection_->Execute(ListStatement(SqlTableOf(table), realm.has_value()), values);
  if (!result.ok()) return result.status();
  std::vector<Record> records;
  records.reserve(result->rows.size());
  for (auto& row : result->rows) records.push_back(RecordOf(row));
  return records;
}

absl::Status SqlStore::Put(Table table, const Record& record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  const SqlTable& row = SqlTableOf(table);
  std::vector<std::string> values = {record.realm, record.name};
  if (!row.value_column.empty()) values.push_back(record.value);
  return connection_->Execute(PutStatement(row), values).status();
}

absl::StatusOr<bool> SqlStore::Remove(Table table, const std::string& realm,
                                      const std::string& name) {
  const SqlTable& row = SqlTableOf(table);
  const auto result = connection_->Execute(RemoveStatement(row), KeyOf(row, realm, name));
  if (!result.ok()) return result.status();
  return result->changed > 0;
}

absl::StatusOr<std::vector<OauthKey>> SqlStore::ListOauthKeys() {
  auto result = connection_->Execute(ListOauthKeysStatement(), {});
  if (!result.ok()) return result.status();
  std::vector<OauthKey> keys;
  for (auto& row : result->rows) {
    keys.push_back({std::move(row[0]), std::move(row[1]), NumberOf(row[2]), NumberOf(row[3]),
                    std::move(row[4]), std::move(row[5])});
  }
  return keys;
}

absl::Status SqlStore::PutOauthKey(const OauthKey& key) {
  if (absl::Status status = CheckOauthKey(key); !status.ok()) return status;
  const std::vector<std::string> values = {
      key.kid,       key.ikm_key, std::to_string(key.timestamp), std::to_string(key.lifetime_s),
      key.algorithm, key.realm};
  return connection_->Execute(PutOauthKeyStatement(), values).status();
}

absl::StatusOr<bool> SqlStore::RemoveOauthKey(const std::string& kid) {
  const std::vector<std::string> values = {kid};
  const auto result = connection_->Execute(RemoveOauthKeyStatement(), values);
  if (!result.ok()) return result.status();
  return result->changed > 0;
}

}  // namespace koeru::server
