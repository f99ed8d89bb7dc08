#pragma once

// A log file that does not grow without bound.

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

class LogFile {
 public:
  // Appends. `rotate_bytes`: see LogOptions. New files can be read by owner and group only.
  static absl::StatusOr<LogFile> Open(const std::string& path, size_t rotate_bytes);

  // Errors (a full disk) lose the text and nothing else.
  void Write(std::string_view text);
  // The file may have been moved or removed; keeps the old one when a new one cannot be opened.
  void Reopen();

 private:
  LogFile(std::string path, size_t rotate_bytes)
      : path_(std::move(path)), rotate_bytes_(rotate_bytes) {}

  std::string path_;
  size_t rotate_bytes_;
  UniqueFd fd_;
  size_t size_ = 0;
};

// Writes all of it; false when that fails.
bool WriteAll(int fd, std::string_view text);

}  // namespace koeru::server
