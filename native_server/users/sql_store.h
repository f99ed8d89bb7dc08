#pragma once

// The store of every database that speaks SQL.

#include "native_server/users/sql_connection.h"
#include "native_server/users/user_store.h"

namespace koeru::server {

class SqlStore final : public UserStore {
 public:
  explicit SqlStore(std::unique_ptr<SqlConnection> connection)
      : connection_(std::move(connection)) {}

  absl::StatusOr<std::optional<Record>> Find(Table table, const std::string& realm,
                                             const std::string& name) override;
  absl::StatusOr<std::vector<Record>> List(Table table,
                                           const std::optional<std::string>& realm) override;
  absl::Status Put(Table table, const Record& record) override;
  absl::StatusOr<bool> Remove(Table table, const std::string& realm,
                              const std::string& name) override;
  absl::StatusOr<std::vector<OauthKey>> ListOauthKeys() override;
  absl::Status PutOauthKey(const OauthKey& key) override;
  absl::StatusOr<bool> RemoveOauthKey(const std::string& kid) override;

 private:
  std::unique_ptr<SqlConnection> connection_;
};

}  // namespace koeru::server
