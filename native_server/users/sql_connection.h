#pragma once

// One connection to a database that speaks SQL. Values are bound, never part of the statement.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace koeru::server {

struct SqlResult {
  std::vector<std::vector<std::string>> rows;  // NULL is an empty text
  size_t changed = 0;                          // rows that the statement inserted or deleted
};

class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  // `statement` has $1, $2 ... for the values, each of them, in this order when first used.
  virtual absl::StatusOr<SqlResult> Execute(const std::string& statement,
                                            std::span<const std::string> values) = 0;
};

}  // namespace koeru::server
