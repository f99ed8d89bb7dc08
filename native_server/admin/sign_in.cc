#include "native_server/admin/sign_in.h"

#include "core/bytes/hex.h"
#include "core/crypto/hash.h"
#include "native_server/users/admin_password.h"
#include "native_server/users/user_store.h"

namespace koeru::server {
namespace {

bool IsPassword(std::string_view given, std::string_view written) {
  if (written.starts_with("$5$")) return IsAdminPassword(given, written);
  return crypto::ConstantTimeEquals(AsBytes(given), AsBytes(written));
}

}  // namespace

absl::StatusOr<std::optional<Admin>> SignIn(const std::vector<std::string>& configured,
                                            const Database& database, std::string_view name,
                                            std::string_view password) {
  for (const std::string& entry : configured) {
    const size_t colon = entry.find(':');
    if (std::string_view(entry).substr(0, colon) != name) continue;
    if (!IsPassword(password, std::string_view(entry).substr(colon + 1))) return std::nullopt;
    return Admin{std::string(name), {}};
  }
  if (!database.is_given()) return std::nullopt;
  const Record wanted{.realm = {}, .name = std::string(name), .value = "x"};
  if (name.empty() || !CheckRecord(wanted).ok()) return std::nullopt;  // no database has that name
  const auto store = OpenUserStore(database, MissingFile::kIsDown);
  if (!store.ok()) return store.status();
  const auto record = (*store)->Find(Table::kAdmins, "", std::string(name));
  if (!record.ok()) return record.status();
  if (!*record || !IsAdminPassword(password, (*record)->value)) return std::nullopt;
  return Admin{std::string(name), (*record)->realm};
}

}  // namespace koeru::server
