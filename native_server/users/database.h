#pragma once

// Where a database of users is: what userdb, psql-userdb or redis-userdb say.

#include <cstdint>
#include <string>

namespace koeru::server {

struct Database {
  enum class Kind : uint8_t { kNone, kSqlite, kPostgres, kRedis };
  Kind kind = Kind::kNone;
  std::string where;  // a file's path, or a connection string with a password in it, perhaps

  bool is_given() const { return kind != Kind::kNone; }
  friend bool operator==(const Database&, const Database&) = default;
};

// The SQLite file that coturn's programs take when none is named: the first one that exists of
// /var/db/turndb, /usr/local/var/db/turndb and /var/lib/turn/turndb; otherwise the last one.
std::string DefaultUserDatabase();

}  // namespace koeru::server
