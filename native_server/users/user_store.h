#pragma once

// A database of users, shared secrets, realms and peer ranges with coturn's schema, so that one
// which coturn and turnadmin have filled works here and the other way round.
//
//   auto store = OpenUserStore({Database::Kind::kSqlite, "/var/lib/turn/turndb"});
//   auto key = FindKey(**store, "example.org", "alice");   // of the long-term credential
//   if (key.ok() && key->has_value()) ...
//
// Whatever the database, a table is a list of records; what their fields are says Table.
//
// Calls block, each for kCallTimeout at most, and are for one thread. Errors: kUnavailable when the
// database cannot be reached (another call may succeed), anything else when it does not like what
// is asked. Messages name the database and never hold a password.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/crypto/hash.h"
#include "native_server/users/database.h"
#include "native_server/users/oauth_key.h"

namespace koeru::server {

enum class Table : uint8_t {
  kUsers,         // name: user; value: MD5(name:realm:password) as 32 hexadecimal digits
  kSecrets,       // name: a shared secret of time-limited credentials
  kAllowedPeers,  // name: IP, IP-IP or CIDR; an empty realm is all realms
  kDeniedPeers,   // the same
  kOrigins,       // name: ORIGIN; realm: the one it leads to
  kRealmOptions,  // name: max-bps, total-quota or user-quota; value: a number
  kAdmins,        // name: of coturn's web admin; value: admin_password.h
};
inline constexpr size_t kTableCount = static_cast<size_t>(Table::kAdmins) + 1;

struct Record {
  std::string realm;
  std::string name;
  std::string value;
  friend bool operator==(const Record&, const Record&) = default;
};

class UserStore {
 public:
  static constexpr std::chrono::milliseconds kCallTimeout{3000};

  virtual ~UserStore() = default;
  virtual absl::StatusOr<std::optional<Record>> Find(Table table, const std::string& realm,
                                                     const std::string& name) = 0;
  // Of one realm, or of all; by realm, then name.
  virtual absl::StatusOr<std::vector<Record>> List(Table table,
                                                   const std::optional<std::string>& realm) = 0;
  // Replaces the record of that realm and name (of that name, for origins and admins).
  virtual absl::Status Put(Table table, const Record& record) = 0;
  // False: it was not there.
  virtual absl::StatusOr<bool> Remove(Table table, const std::string& realm,
                                      const std::string& name) = 0;

  // The table of authorization servers' keys, which has more columns than a record; by kid.
  virtual absl::StatusOr<std::vector<OauthKey>> ListOauthKeys() = 0;
  virtual absl::Status PutOauthKey(const OauthKey& key) = 0;
  virtual absl::StatusOr<bool> RemoveOauthKey(const std::string& kid) = 0;
};

// A SQLite file that is missing is made; by a server that runs already it is not: a file that was
// moved away is a database that is down, and not one without users.
enum class MissingFile : uint8_t { kMake, kIsDown };
absl::StatusOr<std::unique_ptr<UserStore>> OpenUserStore(const Database& database,
                                                         MissingFile missing = MissingFile::kMake);

// The key of a long-term credential; nothing when there is no such user. A name that no database
// can hold (a NUL byte, invalid UTF-8) is nobody's, and the database is not asked.
absl::StatusOr<std::optional<crypto::Md5Digest>> FindKey(UserStore& store, const std::string& realm,
                                                         const std::string& name);

// The value of a user's record.
std::string KeyText(std::string_view realm, std::string_view name, std::string_view password);

// What Put refuses in every database: text that not all of them hold.
absl::Status CheckRecord(const Record& record);
absl::Status CheckOauthKey(const OauthKey& key);

}  // namespace koeru::server
