#include "native_server/main/pid_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "native_server/io/unique_fd.h"
#include "native_server/log/log_file.h"

namespace koeru::server {

absl::StatusOr<PidFile> PidFile::Create(const std::string& path) {
  if (path.empty()) return PidFile(path);
  const UniqueFd fd(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!fd.is_open() || !WriteAll(fd.get(), absl::StrCat(::getpid(), "\n"))) {
    return absl::Status(absl::ErrnoToStatusCode(errno),
                        absl::StrCat("pidfile: cannot write ", path, ": ", std::strerror(errno),
                                     "; choose another path"));
  }
  return PidFile(path);
}

PidFile::~PidFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace koeru::server
