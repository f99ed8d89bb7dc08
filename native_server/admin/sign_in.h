#pragma once

// Who may sign in at the administration page: the administrators of the configuration, then those
// of the database (coturn's admin_user).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/admin/admin_sessions.h"
#include "native_server/users/database.h"

namespace koeru::server {

// `configured`: name:password, or name:$5$... (admin_password.h). Nobody: there is no such name, or
// the password is another one. An error: the database does not answer. Waits for it.
absl::StatusOr<std::optional<Admin>> SignIn(const std::vector<std::string>& configured,
                                            const Database& database, std::string_view name,
                                            std::string_view password);

}  // namespace koeru::server
