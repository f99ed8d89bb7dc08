#include "native_server/config/turnserver_name.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace koeru::server {

bool IsTurnserver(std::string_view program) {
  return std::filesystem::path(program).filename().string().find("turnserver") != std::string::npos;
}

std::vector<std::string> TurnserverConfigDirectories() {
  return {".", "./etc", "../etc", "/etc", "/usr/local/etc"};
}

void FindTurnserverConfig(const std::vector<std::string>& directories, CommandLine& command_line) {
  if (command_line.no_config_file) {
    command_line.config_file.reset();
    return;
  }
  const std::filesystem::path name = command_line.config_file.value_or("turnserver.conf");
  if (name.is_absolute()) return;
  for (const std::string& directory : directories) {
    const std::filesystem::path path = std::filesystem::path(directory) / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) continue;
    command_line.config_file = path.lexically_normal().string();
    return;
  }
}

void AddDefaultDatabase(const std::string& path, std::vector<RawOption>& raw) {
  constexpr std::array<std::string_view, 4> kMechanisms = {"lt-cred-mech", "use-auth-secret",
                                                           "user", "static-auth-secret"};
  bool has_mechanism = false;
  for (const RawOption& option : raw) {
    // Every name with userdb in it is a database, those that Koeru refuses among them.
    if (option.name.ends_with("userdb") || option.name == "db") return;
    has_mechanism |=
        std::find(kMechanisms.begin(), kMechanisms.end(), option.name) != kMechanisms.end();
  }
  if (!has_mechanism || ::access(path.c_str(), R_OK) != 0) return;
  raw.push_back({"userdb", path, "turnserver's default", false});
}

}  // namespace koeru::server
