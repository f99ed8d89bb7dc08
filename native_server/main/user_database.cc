#include "native_server/main/user_database.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "native_server/log/log.h"
#include "native_server/main/stored_rules.h"
#include "native_server/users/postgres_connection.h"
#include "native_server/users/redis_target.h"
#include "native_server/users/sqlite_connection.h"

namespace koeru::server {
namespace {

constexpr std::chrono::seconds kFirstAnswer{5};

// A file that root has just made is of no use to the user that the server becomes.
absl::Status GiveTo(const std::string& path, const std::string& user) {
  const passwd* const account = user.empty() ? nullptr : ::getpwnam(user.c_str());
  if (account == nullptr) return absl::OkStatus();  // DropPrivileges says what is wrong with it
  if (::chown(path.c_str(), account->pw_uid, account->pw_gid) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, absl::StrCat("userdb ", path, ": cannot give it to ", user));
}

// The SQLite file is made when it is missing, and refused when it is none. Other databases may be
// down at the start: the log says so.
absl::Status Prepare(const ServerOptions& options) {
  if (absl::Status status = CheckUserDatabase(options); !status.ok()) return status;
  const Database& database = options.user_database;
  if (database.kind != Database::Kind::kSqlite) return absl::OkStatus();
  const bool is_new = ::access(database.where.c_str(), F_OK) != 0;
  if (const auto store = OpenUserStore(database); !store.ok()) return store.status();
  return is_new ? GiveTo(database.where, options.proc_user) : absl::OkStatus();
}

}  // namespace

absl::Status CheckUserDatabase(const ServerOptions& options) {
  const Database& database = options.user_database;
  switch (database.kind) {
    case Database::Kind::kSqlite:
      return CheckSqliteFile(database.where);
    case Database::Kind::kPostgres:
      return CheckPostgresTarget(database.where);
    case Database::Kind::kRedis:
      return ParseRedisTarget(database.where).status();
    case Database::Kind::kNone:
      break;
  }
  return absl::OkStatus();
}

DirectorySettings DirectorySettingsOf(const ServerOptions& o, const std::string& realm) {
  return {.realm = realm,
          .secrets = o.use_auth_secret,
          .peers = !o.no_dynamic_ip_list,
          .realm_options = !o.no_dynamic_realms,
          .oauth_keys = o.oauth,
          .secrets_again = !o.no_auth_pings,
          .refresh = std::chrono::seconds(o.userdb_refresh_s)};
}

absl::StatusOr<StartedUsers> StartUsers(const ServerOptions& options, relay::RelayConfig& config) {
  StartedUsers started{.directory = nullptr, .hook = nullptr, .stored = {}, .effective = options};
  if (!options.auth_hook.empty()) {
    started.hook = std::make_unique<HttpHook>(
        HookOptions{.url = options.auth_hook,
                    .token = options.auth_hook_token,
                    .ca_file = options.auth_hook_ca_file,
                    .timeout = std::chrono::milliseconds(options.auth_hook_timeout_ms)});
  }
  if (!options.user_database.is_given()) return started;
  if (absl::Status status = Prepare(options); !status.ok()) return status;
  started.directory = std::make_unique<UserDirectory>(
      DirectorySettingsOf(options, config.realm),
      [database = options.user_database] { return OpenUserStore(database, MissingFile::kIsDown); });
  started.directory->Start();
  if (!started.directory->WaitForFirstRead(kFirstAnswer)) {
    LOG(ERROR) << "the database of users does not answer; starting without what it says about "
                  "secrets, peers and limits, which counts as soon as it can be read";
  }
  started.stored = started.directory->TakeChanged().value_or(StoredRules());
  absl::Status status = AddStoredRules(started.stored, config, started.effective);
  if (!status.ok()) return status;
  return started;
}

}  // namespace koeru::server
