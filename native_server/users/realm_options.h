#pragma once

// Options of a realm in a database, by coturn's names: max-bps, total-quota, user-quota.

#include <array>
#include <cstdint>
#include <string_view>

#include "native_server/users/user_store.h"

namespace koeru::server {

inline constexpr std::array<std::string_view, 3> kRealmOptionNames = {"max-bps", "total-quota",
                                                                      "user-quota"};
bool IsRealmOption(std::string_view name);

// Whether the name is known and the value a number.
absl::Status CheckRealmOption(const Record& record);

// The number of an option that CheckRealmOption takes.
uint32_t RealmOptionNumber(const Record& record);

}  // namespace koeru::server
