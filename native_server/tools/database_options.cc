#include "native_server/tools/database_options.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/config/load_options.h"

namespace koeru::tools {
namespace {

using server::Database;

absl::Status SetDatabase(Database::Kind kind, const std::string& where, DatabaseOptions& options) {
  if (where.empty()) return absl::InvalidArgumentError("the database's name is empty");
  if (options.database.is_given()) {
    return absl::InvalidArgumentError(
        "two databases are given: keep one of --userdb, --psql-userdb, --redis-userdb, --config");
  }
  options.database = {kind, where};
  return absl::OkStatus();
}

// Only what is asked for: a file that the relay would not start with may name a database all the
// same.
absl::Status TakeConfig(const std::string& path, DatabaseOptions& options) {
  server::CommandLine command_line;
  command_line.config_file = path;
  const auto raw = server::ReadRawOptions(command_line);
  if (!raw.ok()) return raw.status();
  server::LoadedOptions loaded;
  for (const absl::Status& wrong : server::ApplyAllOptions(*raw, loaded)) {
    if (absl::StrContains(wrong.message(), "userdb")) return wrong;
  }
  const Database& database = loaded.options.user_database;
  if (!database.is_given()) {
    return absl::NotFoundError(
        absl::StrCat(Escape(path), ": no database: write userdb=..., psql-userdb=... or "
                     "redis-userdb=... into it"));
  }
  if (!options.realm && !loaded.options.realm.empty()) options.realm = loaded.options.realm;
  options.is_from_file = true;
  return SetDatabase(database.kind, database.where, options);
}

absl::Status Set(std::string_view name, const std::string& value, DatabaseOptions& options) {
  if (name == "--userdb" || name == "--db" || name == "-b") {
    return SetDatabase(Database::Kind::kSqlite, value, options);
  }
  if (name == "--psql-userdb" || name == "--sql-userdb" || name == "-e") {
    return SetDatabase(Database::Kind::kPostgres, value, options);
  }
  if (name == "--redis-userdb" || name == "-N") {
    return SetDatabase(Database::Kind::kRedis, value, options);
  }
  if (name == "--realm" || name == "-r") {
    options.realm = value;
    return absl::OkStatus();
  }
  if (name == "--password-file") {
    options.password_file = value;
    return absl::OkStatus();
  }
  if (name == "--config" || name == "-c") return TakeConfig(value, options);
  return absl::NotFoundError(absl::StrCat("there is no option ", Escape(name)));
}

}  // namespace

absl::StatusOr<DatabaseOptions> ParseDatabaseOptions(Arguments arguments) {
  DatabaseOptions options;
  bool only_words = false;  // behind "--"
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (only_words || argument.size() < 2 || argument.front() != '-') {
      options.words.emplace_back(argument);
      continue;
    }
    if (argument == "--") {
      only_words = true;
      continue;
    }
    if (argument == "--help" || argument == "-h") {
      options.help = true;
      return options;
    }
    const size_t equals = argument.starts_with("--") ? argument.find('=') : std::string_view::npos;
    const std::string_view name = argument.substr(0, equals);
    std::string value;
    if (equals != std::string_view::npos) {
      value = argument.substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    } else {
      return absl::InvalidArgumentError(absl::StrCat(Escape(name), " needs a value"));
    }
    if (absl::Status status = Set(name, value, options); !status.ok()) return status;
  }
  if (!options.database.is_given()) {
    options.database = {Database::Kind::kSqlite, server::DefaultUserDatabase()};
  }
  return options;
}

}  // namespace koeru::tools
