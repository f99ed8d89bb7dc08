#pragma once

// What `koeru user`, `koeru secret` and their like have in common: which database, which realm.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/tools/command.h"
#include "native_server/users/database.h"

namespace koeru::tools {

struct DatabaseOptions {
  server::Database database;
  bool is_from_file = false;             // --config; else the process list has it
  std::optional<std::string> realm;
  std::optional<std::string> password_file;
  bool help = false;
  std::vector<std::string> words;        // what is no option, in order
};

inline constexpr std::string_view kDatabaseOptionsHelp =
    "  --userdb FILE          SQLite file; made at need. Default: the first one there is of\n"
    "                         /var/db/turndb, /usr/local/var/db/turndb, /var/lib/turn/turndb\n"
    "  --psql-userdb TEXT     PostgreSQL: \"host=... dbname=... user=...\" or postgresql://...\n"
    "  --redis-userdb TEXT    Redis: \"ip=... dbname=... password=... port=...\"\n"
    "  --config FILE          database and realm as this turnserver.conf says: no password of a\n"
    "                         database in the process list\n"
    "  --realm REALM          the realm\n"
    "  --password-file FILE   password or secret from the file's first line; otherwise from the\n"
    "                         terminal, without echo, or standard input\n";

absl::StatusOr<DatabaseOptions> ParseDatabaseOptions(Arguments arguments);

}  // namespace koeru::tools
