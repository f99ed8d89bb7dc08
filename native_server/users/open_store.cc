#include "native_server/users/postgres_connection.h"
#include "native_server/users/redis_store.h"
#include "native_server/users/sql_store.h"
#include "native_server/users/sqlite_connection.h"

namespace koeru::server {

absl::StatusOr<std::unique_ptr<UserStore>> OpenUserStore(const Database& database,
                                                         MissingFile missing) {
  absl::StatusOr<std::unique_ptr<SqlConnection>> connection =
      absl::InvalidArgumentError("no database is given");
  switch (database.kind) {
    case Database::Kind::kSqlite:
      connection = SqliteConnection::Open(database.where, missing);
      break;
    case Database::Kind::kPostgres:
      connection = PostgresConnection::Open(database.where);
      break;
    case Database::Kind::kRedis:
      return RedisStore::Open(database.where);
    case Database::Kind::kNone:
      break;
  }
  if (!connection.ok()) return connection.status();
  return std::make_unique<SqlStore>(*std::move(connection));
}

}  // namespace koeru::server
