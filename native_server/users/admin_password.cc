#include "native_server/users/admin_password.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/bytes/hex.h"
#include "core/crypto/hash.h"

namespace koeru::server {
namespace {

constexpr std::string_view kPrefix = "$5$";

}  // namespace

std::string HashAdminPassword(std::string_view password, const AdminSalt& salt) {
  return absl::StrCat(kPrefix, ToHex(salt), "$",
                      ToHex(crypto::Sha256({Bytes(salt), AsBytes(password)})));
}

bool IsAdminPassword(std::string_view password, std::string_view hashed) {
  AdminSalt salt;
  const size_t salt_digits = 2 * salt.size();
  if (!hashed.starts_with(kPrefix) || hashed.size() < kPrefix.size() + salt_digits) return false;
  const auto bytes = FromHex(hashed.substr(kPrefix.size(), salt_digits));
  if (!bytes.ok() || bytes->size() != salt.size()) return false;
  std::copy(bytes->begin(), bytes->end(), salt.begin());
  const std::string right = HashAdminPassword(password, salt);
  return crypto::ConstantTimeEquals(AsBytes(right), AsBytes(hashed));
}

}  // namespace koeru::server
