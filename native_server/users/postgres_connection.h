#pragma once

// PostgreSQL over libpq, with a limit on how long each call takes.

#include <chrono>

#include "native_server/users/sql_connection.h"

struct pg_conn;
struct pg_result;

namespace koeru::server {

class PostgresConnection final : public SqlConnection {
 public:
  // `where`: a connection string of libpq's, "host=... dbname=..." or postgresql://... Tables that
  // are missing are not made: an operator loads coturn's schema.sql, and decides who may write.
  static absl::StatusOr<std::unique_ptr<SqlConnection>> Open(const std::string& where);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  absl::StatusOr<SqlResult> Execute(const std::string& statement,
                                    std::span<const std::string> values) override;

 private:
  using Clock = std::chrono::steady_clock;
  PostgresConnection(pg_conn* connection, std::string name)
      : connection_(connection), name_(std::move(name)) {}
  absl::Status WaitUntilConnected(Clock::time_point deadline);
  absl::Status WaitFor(short events, Clock::time_point deadline);
  absl::StatusOr<pg_result*> TakeResult(Clock::time_point deadline);
  absl::Status Error(const pg_result* result) const;

  pg_conn* const connection_;
  const std::string name_;  // for messages, without a password
};

// A connection string is well-formed; errors do not repeat it.
absl::Status CheckPostgresTarget(const std::string& where);

}  // namespace koeru::server
