#include "native_server/tools/turnadmin_options.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/users/realm_options.h"

namespace koeru::tools {
namespace {

using server::Database;
using Options = TurnadminOptions;
using Command = TurnadminCommand;

// A long name, its letter, and what it sets. Several names may have the same letter.
struct Row {
  std::string_view name;
  char letter;
  bool has_value;
  Command command;  // kNone: it is no command
};

constexpr auto kRows = std::to_array<Row>({
    {"generate-encrypted-password", 'P', false, Command::kHashPassword},
    {"key", 'k', false, Command::kKey},
    {"add", 'a', false, Command::kAddUser},
    {"add-admin", 'A', false, Command::kAddAdmin},
    {"delete", 'd', false, Command::kDeleteUser},
    {"delete-admin", 'D', false, Command::kDeleteAdmin},
    {"list", 'l', false, Command::kListUsers},
    {"list-admin", 'L', false, Command::kListAdmins},
    {"set-secret", 's', true, Command::kSetSecret},
    {"show-secret", 'S', false, Command::kShowSecrets},
    {"delete-secret", 'X', true, Command::kDeleteSecret},
    {"delete-all-secrets", 0, false, Command::kDeleteAllSecrets},
    {"delete-all_secrets", 0, false, Command::kDeleteAllSecrets},
    {"add-origin", 'O', false, Command::kAddOrigin},
    {"del-origin", 'R', false, Command::kDeleteOrigin},
    {"list-origins", 'I', false, Command::kListOrigins},
    {"set-realm-option", 'g', false, Command::kSetRealmOptions},
    {"list-realm-options", 'G', false, Command::kListRealmOptions},
    {"list-realm-option", 'G', false, Command::kListRealmOptions},
    {"help", 'h', false, Command::kHelp},
    {"userdb", 'b', true, Command::kNone},
    {"db", 'b', true, Command::kNone},
    {"psql-userdb", 'e', true, Command::kNone},
    {"sql-userdb", 'e', true, Command::kNone},
    {"redis-userdb", 'N', true, Command::kNone},
    {"user", 'u', true, Command::kNone},
    {"realm", 'r', true, Command::kNone},
    {"password", 'p', true, Command::kNone},
    {"origin", 'o', true, Command::kNone},
    {"max-bps", 0, true, Command::kNone},
    {"total-quota", 0, true, Command::kNone},
    {"user-quota", 0, true, Command::kNone},
    // Known, and refused.
    {"mysql-userdb", 'M', true, Command::kNone},
    {"mongo-userdb", 'J', true, Command::kNone},
    {"generate-encrypted-password-aes", 'E', false, Command::kNone},
    {"key-path", 'x', true, Command::kNone},
    {"file-key-path", 'f', true, Command::kNone},
    {"verify", 'v', true, Command::kNone},
});

absl::Status Bad(std::string_view text) { return absl::InvalidArgumentError(text); }

absl::Status SetDatabase(Database::Kind kind, const std::string& where, Options& options) {
  if (options.database.is_given()) return Bad("two databases are given: leave one of them out");
  if (where.empty()) return Bad("the database's name is empty");
  options.database = {kind, where};
  return absl::OkStatus();
}

absl::Status SetValue(const Row& row, const std::string& value, Options& options) {
  switch (row.letter) {
    case 'b': return SetDatabase(Database::Kind::kSqlite, value, options);
    case 'e': return SetDatabase(Database::Kind::kPostgres, value, options);
    case 'N': return SetDatabase(Database::Kind::kRedis, value, options);
    case 'u': options.user = value; return absl::OkStatus();
    case 'r': options.realm = value; return absl::OkStatus();
    case 'p': options.password = value; return absl::OkStatus();
    case 'o': options.origin = value; return absl::OkStatus();
    case 'M':
    case 'J':
      return Bad(absl::StrCat(row.name, ": Koeru has SQLite (-b), PostgreSQL (-e) and Redis (-N)"));
    case 'E':
    case 'x':
    case 'f':
    case 'v':
      return Bad(absl::StrCat(row.name, ": encrypted passwords are for MySQL, which Koeru does not "
                              "have; leave it out"));
    default: break;
  }
  const server::Record option{{}, std::string(row.name), value};
  if (absl::Status status = server::CheckRealmOption(option); !status.ok()) return status;
  options.realm_options.push_back(option);
  return absl::OkStatus();
}

absl::Status Apply(const Row& row, const std::string& value, Options& options) {
  if (row.command == Command::kNone) return SetValue(row, value, options);
  if (options.command != Command::kNone && options.command != row.command) {
    return Bad("two commands are given: turnadmin carries out one at a time");
  }
  options.command = row.command;
  if (row.has_value) options.secret = value;
  return absl::OkStatus();
}

const Row* FindLong(std::string_view name) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
  return found == kRows.end() ? nullptr : found;
}

const Row* FindLetter(char letter) {
  const auto* found = std::find_if(kRows.begin(), kRows.end(),
                                   [&](const Row& row) { return row.letter == letter; });
  return found == kRows.end() ? nullptr : found;
}

// Options in order, as getopt_long reads them.
class Scanner {
 public:
  explicit Scanner(Arguments arguments) : arguments_(arguments) {}

  absl::StatusOr<Options> Scan() {
    while (next_ < arguments_.size()) {
      const std::string_view argument = arguments_[next_++];
      absl::Status status = argument.starts_with("--") ? Long(argument.substr(2))
                            : argument.size() > 1 && argument.front() == '-'
                                ? Letters(argument.substr(1))
                                : Bad(absl::StrCat(Escape(argument), " is no option"));
      if (!status.ok()) return status;
    }
    return options_;
  }

 private:
  absl::Status Long(std::string_view text) {
    const size_t equals = text.find('=');
    const Row* const row = FindLong(text.substr(0, equals));
    if (row == nullptr) return Bad(absl::StrCat("there is no option --", Escape(text)));
    if (equals == std::string_view::npos) return WithValue(*row, {});
    if (!row->has_value) return Bad(absl::StrCat("--", row->name, " takes no value"));
    return Apply(*row, std::string(text.substr(equals + 1)), options_);
  }

  absl::Status Letters(std::string_view letters) {
    while (!letters.empty()) {
      const Row* const row = FindLetter(letters.front());
      if (row == nullptr) return Bad(absl::StrCat("there is no option -", Escape(letters)));
      letters.remove_prefix(1);
      if (row->has_value) return WithValue(*row, letters);
      if (absl::Status status = Apply(*row, {}, options_); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  // The value is `joined`, or the next argument.
  absl::Status WithValue(const Row& row, std::string_view joined) {
    std::string value(joined);
    if (row.has_value && value.empty()) {
      if (next_ == arguments_.size()) return Bad(absl::StrCat("--", row.name, " needs a value"));
      value = arguments_[next_++];
    }
    return Apply(row, value, options_);
  }

  Arguments arguments_;
  size_t next_ = 0;
  Options options_;
};

}  // namespace

absl::StatusOr<TurnadminOptions> ParseTurnadminOptions(Arguments arguments) {
  return Scanner(arguments).Scan();
}

}  // namespace koeru::tools
