#include "native_server/config/turnserver_name.h"

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

}  // namespace koeru::server
