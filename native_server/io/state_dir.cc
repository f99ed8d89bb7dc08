#include "native_server/io/state_dir.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace koeru::server {

std::string DefaultStateDir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') {
    return absl::StrCat(state, "/koeru");
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return absl::StrCat(home, "/.local/state/koeru");
  }
  return "/var/lib/koeru";
}

absl::Status MakeStateDir(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return absl::OkStatus();
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (::mkdir(path.c_str(), 0700) == 0) return absl::OkStatus();
  return absl::Status(absl::ErrnoToStatusCode(errno),
                      absl::StrCat("cannot make the directory ", path, ": ", std::strerror(errno),
                                   "; choose another one with state-dir"));
}

std::vector<std::string> DefaultWebRoots() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const auto prefix = program.parent_path().parent_path();
  for (const char* folder : {"dist", "share/koeru/page"}) {  // as built, as installed
    const auto pages = prefix / folder;
    if (std::filesystem::is_directory(pages, error)) return {pages.string()};
  }
  return {};
}

}  // namespace koeru::server
