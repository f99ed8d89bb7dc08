#pragma once

// SQLite: a file, made at need, readable by its owner only.

#include <sys/types.h>

#include "native_server/users/sql_connection.h"
#include "native_server/users/user_store.h"

struct sqlite3;

namespace koeru::server {

class SqliteConnection final : public SqlConnection {
 public:
  // Tables that are missing are made. A file that all users of the machine can read is opened all
  // the same; see CheckSqliteFile.
  static absl::StatusOr<std::unique_ptr<SqlConnection>> Open(
      const std::string& path, MissingFile missing = MissingFile::kMake);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  absl::StatusOr<SqlResult> Execute(const std::string& statement,
                                    std::span<const std::string> values) override;

 private:
  SqliteConnection(std::string path, sqlite3* database, ino_t inode)
      : path_(std::move(path)), database_(database), inode_(inode) {}
  absl::Status Error(int code, std::string_view doing) const;

  const std::string path_;
  sqlite3* const database_;
  const ino_t inode_;  // of the file that is open
};

// Keys of users are as good as their passwords: an error when every user of the machine can read
// the file. A file that does not exist is fine.
absl::Status CheckSqliteFile(const std::string& path);

}  // namespace koeru::server
