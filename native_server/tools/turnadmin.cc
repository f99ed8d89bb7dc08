#include "native_server/tools/turnadmin.h"

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/relay/origin.h"
#include "native_server/io/random.h"
#include "native_server/tools/turnadmin_options.h"
#include "native_server/users/admin_password.h"
#include "native_server/users/realm_options.h"

namespace koeru::tools {
namespace {

using server::Record;
using server::Table;
using server::UserStore;
using Command = TurnadminCommand;

constexpr std::string_view kHelp =
    "turnadmin (koeru): users and secrets in a database, with coturn's options\n\n"
    "usage: turnadmin COMMAND [OPTIONS]\n\n"
    "  -a, --add             -u USER -r REALM -p PASSWORD   add a user, or change the password\n"
    "  -d, --delete          -u USER -r REALM               delete a user\n"
    "  -l, --list            [-r REALM]                     list users\n"
    "  -k, --key             -u USER -r REALM -p PASSWORD   print the user's key, store nothing\n"
    "  -s, --set-secret=S    -r REALM                       add a shared secret\n"
    "  -S, --show-secret     [-r REALM]                     list shared secrets\n"
    "  -X, --delete-secret=S -r REALM                       delete one\n"
    "      --delete-all-secrets -r REALM                    delete all of the realm's\n"
    "  -O, --add-origin      -o ORIGIN -r REALM             this ORIGIN leads to that realm\n"
    "  -R, --del-origin      -o ORIGIN\n"
    "  -I, --list-origins    [-r REALM]\n"
    "  -g, --set-realm-option -r REALM [--max-bps=N] [--total-quota=N] [--user-quota=N]\n"
    "                                                       0 takes the option away\n"
    "  -G, --list-realm-options [-r REALM]\n"
    "  -A, --add-admin       -u USER -p PASSWORD [-r REALM] a web admin of coturn's\n"
    "  -D, --delete-admin    -u USER\n"
    "  -L, --list-admin      [-r REALM]\n"
    "  -P, --generate-encrypted-password -p PASSWORD        print a web admin's password, hashed\n"
    "\n"
    "  -b, --userdb=FILE     SQLite; -e, --psql-userdb=TEXT PostgreSQL; -N, --redis-userdb=TEXT\n"
    "                        Redis\n"
    "\n"
    "A password given with -p can be read in the process list: koeru user add asks for it.\n";

absl::Status MustBeSet(std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("The operation cannot be completed: the ", what, " must be set."));
}

// What has to be there, in the order in which coturn asks for it.
absl::Status CheckCompleteness(const TurnadminOptions& o) {
  const Command c = o.command;
  const bool of_user = c == Command::kAddUser || c == Command::kAddAdmin || c == Command::kKey ||
                       c == Command::kDeleteUser || c == Command::kDeleteAdmin;
  const bool with_password = c == Command::kAddUser || c == Command::kAddAdmin ||
                             c == Command::kKey || c == Command::kHashPassword;
  const bool of_origin = c == Command::kAddOrigin || c == Command::kDeleteOrigin;
  const bool of_realm = c == Command::kAddUser || c == Command::kDeleteUser ||
                        c == Command::kSetSecret || c == Command::kDeleteSecret ||
                        c == Command::kDeleteAllSecrets || c == Command::kAddOrigin ||
                        c == Command::kSetRealmOptions;
  if (of_user && o.user.empty()) return MustBeSet("user");
  if (with_password && o.password.empty()) return MustBeSet("password");
  if (of_origin && o.origin.empty()) return MustBeSet("origin");
  if (of_realm && o.realm.empty()) return MustBeSet("realm");
  return absl::OkStatus();
}

std::string WithRealm(const Record& record) {
  return record.realm.empty() ? Escape(record.name)
                              : absl::StrCat(Escape(record.name), "[", Escape(record.realm), "]");
}
std::string OriginLine(const Record& record) {
  return absl::StrCat(Escape(record.name), " ==>> ", Escape(record.realm));
}
std::string OptionLine(const Record& record) {
  return absl::StrCat(WithRealm(record), "=", Escape(record.value));
}

// As coturn does: of the given realm, or of all.
absl::Status Print(UserStore& store, Table table, const std::string& realm,
                   std::string (*line)(const Record&), std::FILE* out) {
  const auto records = store.List(table, realm.empty() ? std::nullopt : std::make_optional(realm));
  if (!records.ok()) return records.status();
  for (const Record& record : *records) Put(out, line(record) + "\n");
  return absl::OkStatus();
}

absl::Status SetRealmOptions(UserStore& store, const TurnadminOptions& o) {
  for (Record option : o.realm_options) {
    option.realm = o.realm;
    const absl::Status status =
        server::RealmOptionNumber(option) == 0
            ? store.Remove(Table::kRealmOptions, option.realm, option.name).status()
            : store.Put(Table::kRealmOptions, option);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status DeleteAllSecrets(UserStore& store, const std::string& realm) {
  const auto secrets = store.List(Table::kSecrets, realm);
  if (!secrets.ok()) return secrets.status();
  for (const Record& secret : *secrets) {
    const auto removed = store.Remove(Table::kSecrets, realm, secret.name);
    if (!removed.ok()) return removed.status();
  }
  return absl::OkStatus();
}

std::string HashedPassword(const std::string& password) {
  server::SystemRandom random;
  server::AdminSalt salt;
  random.Fill(salt);
  return server::HashAdminPassword(password, salt);
}

absl::Status CarryOut(UserStore& store, const TurnadminOptions& o, const CommandIo& io) {
  switch (o.command) {
    case Command::kAddUser:
      return store.Put(Table::kUsers,
                       {o.realm, o.user, server::KeyText(o.realm, o.user, o.password)});
    case Command::kDeleteUser:
      return store.Remove(Table::kUsers, o.realm, o.user).status();
    case Command::kListUsers:
      return Print(store, Table::kUsers, o.realm, WithRealm, io.out);
    case Command::kAddAdmin:
      return store.Put(Table::kAdmins, {o.realm, o.user, HashedPassword(o.password)});
    case Command::kDeleteAdmin:
      return store.Remove(Table::kAdmins, {}, o.user).status();
    // coturn lists all of them, whatever the realm.
    case Command::kListAdmins:
      return Print(store, Table::kAdmins, {}, WithRealm, io.out);
    case Command::kSetSecret:
      return store.Put(Table::kSecrets, {o.realm, o.secret, {}});
    case Command::kShowSecrets:
      return Print(store, Table::kSecrets, o.realm, WithRealm, io.out);
    case Command::kDeleteSecret:
      return store.Remove(Table::kSecrets, o.realm, o.secret).status();
    case Command::kDeleteAllSecrets:
      return DeleteAllSecrets(store, o.realm);
    case Command::kAddOrigin:
      return store.Put(Table::kOrigins, {o.realm, relay::CanonicalOrigin(o.origin), {}});
    case Command::kDeleteOrigin:
      return store.Remove(Table::kOrigins, {}, relay::CanonicalOrigin(o.origin)).status();
    case Command::kListOrigins:
      return Print(store, Table::kOrigins, o.realm, OriginLine, io.out);
    case Command::kSetRealmOptions:
      return SetRealmOptions(store, o);
    case Command::kListRealmOptions:
      return Print(store, Table::kRealmOptions, o.realm, OptionLine, io.out);
    case Command::kNone:
    case Command::kHelp:
    case Command::kHashPassword:
    case Command::kKey:
      break;
  }
  return absl::OkStatus();
}

absl::Status Run(Arguments arguments, const CommandIo& io) {
  auto options = ParseTurnadminOptions(arguments);
  if (!options.ok()) return options.status();
  if (options->command == Command::kNone) return absl::InvalidArgumentError(kHelp);
  if (absl::Status status = CheckCompleteness(*options); !status.ok()) return status;
  switch (options->command) {
    case Command::kHelp:
      Put(io.out, kHelp);
      return absl::OkStatus();
    case Command::kHashPassword:
      Put(io.out, HashedPassword(options->password) + "\n");
      return absl::OkStatus();
    case Command::kKey:
      Put(io.out,
          absl::StrCat("0x", server::KeyText(options->realm, options->user, options->password),
                       "\n"));
      return absl::OkStatus();
    default:
      break;
  }
  if (!options->database.is_given()) {
    options->database = {server::Database::Kind::kSqlite, server::DefaultUserDatabase()};
  }
  const auto store = server::OpenUserStore(options->database);
  if (!store.ok()) return store.status();
  return CarryOut(**store, *options, io);
}

}  // namespace

bool IsTurnadmin(std::string_view program) {
  return program.substr(program.rfind('/') + 1) == "turnadmin";
}

int RunTurnadmin(Arguments arguments, const CommandIo& io) {
  const absl::Status status = Run(arguments, io);
  if (status.ok()) return kExitOk;
  Put(io.err, absl::StrCat(status.message(), "\n"));
  return kTurnadminFailed;
}

}  // namespace koeru::tools
