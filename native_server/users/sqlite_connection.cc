#include "native_server/users/sqlite_connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "native_server/io/unique_fd.h"
#include "native_server/users/sql_tables.h"

namespace koeru::server {
namespace {

// How long to wait for another process (turnadmin, koeru user) that writes.
constexpr int kBusy_ms = 1000;

absl::Status CannotOpen(const std::string& path, std::string_view why) {
  return absl::UnavailableError(
      absl::StrCat("userdb ", path, ": ", why,
                   "; the directory must exist, and this program's user must be able to write "
                   "there (or to read the file, when it exists)"));
}

struct StatementDeleter {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPointer = std::unique_ptr<sqlite3_stmt, StatementDeleter>;

std::string Text(sqlite3_stmt* statement, int column) {
  const unsigned char* text = sqlite3_column_text(statement, column);
  const int size = sqlite3_column_bytes(statement, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text), static_cast<size_t>(size)};
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqlConnection>> SqliteConnection::Open(const std::string& path,
                                                                      MissingFile missing) {
  // SQLite itself would make the file readable by everybody, as far as the umask lets it.
  const int make = missing == MissingFile::kMake ? O_CREAT : 0;
  const UniqueFd made(::open(path.c_str(), O_RDWR | make | O_CLOEXEC, 0600));
  const bool can_write = made.is_open();
  struct stat file {};
  if (!can_write && ::access(path.c_str(), R_OK) != 0) {
    return CannotOpen(path, std::strerror(errno));
  }
  if (::stat(path.c_str(), &file) != 0) return CannotOpen(path, std::strerror(errno));

  sqlite3* database = nullptr;
  const int flags = (can_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    SQLITE_OPEN_NOMUTEX;
  const int opened = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(path, database, file.st_ino));
  if (opened != SQLITE_OK) return CannotOpen(path, sqlite3_errstr(opened));
  sqlite3_busy_timeout(database, kBusy_ms);
  for (const std::string& create : CreateStatements()) {
    if (const auto made_table = connection->Execute(create, {}); !made_table.ok()) {
      return made_table.status();
    }
  }
  return connection;
}

SqliteConnection::~SqliteConnection() { sqlite3_close(database_); }

absl::Status SqliteConnection::Error(int code, std::string_view doing) const {
  const std::string text =
      absl::StrCat("userdb ", path_, ": ", doing, ": ", sqlite3_errmsg(database_));
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return absl::UnavailableError(absl::StrCat(text, "; is it a SQLite file?"));
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return absl::InternalError(text);
    case SQLITE_READONLY:
      return absl::PermissionDeniedError(
          absl::StrCat(text, "; start as a user who may write the file and its directory"));
    default:
      return absl::UnavailableError(text);
  }
}

absl::StatusOr<SqlResult> SqliteConnection::Execute(const std::string& text,
                                                    std::span<const std::string> values) {
  // A file that was moved away or replaced is not the database any more.
  struct stat file {};
  if (::stat(path_.c_str(), &file) != 0) {
    return absl::UnavailableError(absl::StrCat("userdb ", path_, ": ", std::strerror(errno)));
  }
  if (file.st_ino != inode_) {
    return absl::UnavailableError(absl::StrCat("userdb ", path_, ": the file was replaced"));
  }
  sqlite3_stmt* raw = nullptr;
  const int prepared = sqlite3_prepare_v2(database_, text.c_str(), static_cast<int>(text.size()),
                                          &raw, nullptr);
  const StatementPointer statement(raw);
  if (prepared != SQLITE_OK) return Error(prepared, "cannot be asked");
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string name = absl::StrCat("$", i + 1);
    const int bound = sqlite3_bind_text(
        raw, sqlite3_bind_parameter_index(raw, name.c_str()), values[i].data(),
        static_cast<int>(values[i].size()), SQLITE_STATIC);
    if (bound != SQLITE_OK) return Error(bound, "does not take a value");
  }
  SqlResult result;
  int step = sqlite3_step(raw);
  for (; step == SQLITE_ROW; step = sqlite3_step(raw)) {
    std::vector<std::string>& row = result.rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(raw); ++i) row.push_back(Text(raw, i));
  }
  if (step != SQLITE_DONE) return Error(step, "does not answer");
  if (sqlite3_stmt_readonly(raw) == 0) {
    result.changed = static_cast<size_t>(sqlite3_changes(database_));
  }
  return result;
}

absl::Status CheckSqliteFile(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0 || (file.st_mode & S_IROTH) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("userdb ", path, ": every user of this machine can read the keys in it: chmod "
                   "o-rwx ", path));
}

}  // namespace koeru::server
