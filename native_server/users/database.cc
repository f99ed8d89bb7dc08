#include "native_server/users/database.h"

#include <array>
#include <filesystem>
#include <string_view>

namespace koeru::server {

std::string DefaultUserDatabase() {
  constexpr std::array<std::string_view, 3> kPlaces = {
      "/var/db/turndb", "/usr/local/var/db/turndb", "/var/lib/turn/turndb"};
  std::error_code error;
  for (const std::string_view place : kPlaces) {
    if (std::filesystem::exists(place, error)) return std::string(place);
  }
  return std::string(kPlaces.back());
}

}  // namespace koeru::server
