#include "native_server/log/log_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

UniqueFd OpenForAppend(const std::string& path) {
  return UniqueFd(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640));
}

size_t SizeOf(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? static_cast<size_t>(status.st_size) : 0;
}

}  // namespace

absl::StatusOr<LogFile> LogFile::Open(const std::string& path, size_t rotate_bytes) {
  LogFile file(path, rotate_bytes);
  file.fd_ = OpenForAppend(path);
  if (!file.fd_.is_open()) {
    return absl::Status(absl::ErrnoToStatusCode(errno),
                        absl::StrCat("cannot write the log file ", path, ": ",
                                     std::strerror(errno), "; choose another one with log-file"));
  }
  file.size_ = SizeOf(file.fd_.get());
  return file;
}

void LogFile::Write(std::string_view text) {
  if (rotate_bytes_ > 0 && size_ > 0 && size_ + text.size() > rotate_bytes_) {
    ::rename(path_.c_str(), absl::StrCat(path_, ".1").c_str());
    Reopen();
  }
  if (WriteAll(fd_.get(), text)) size_ += text.size();
}

void LogFile::Reopen() {
  UniqueFd fresh = OpenForAppend(path_);
  if (!fresh.is_open()) return;
  fd_ = std::move(fresh);
  size_ = SizeOf(fd_.get());
}

bool WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace koeru::server
