#pragma once

// Passwords of coturn's web admins and CLI as the database holds them:
//
//   "$5$" salt "$" SHA-256(salt bytes, password)      salt and hash in hexadecimal digits
//
// coturn's own format, which looks like crypt(3)'s and is not: one round of a fast hash. For
// coturn's web admin only.

#include <array>
#include <string>
#include <string_view>

#include "core/bytes/reader.h"

namespace koeru::server {

using AdminSalt = std::array<uint8_t, 8>;

std::string HashAdminPassword(std::string_view password, const AdminSalt& salt);
bool IsAdminPassword(std::string_view password, std::string_view hashed);

}  // namespace koeru::server
