#pragma once

// A file with the process number, removed at the end.

#include <string>

#include "absl/status/statusor.h"

namespace koeru::server {

class PidFile {
 public:
  // An empty path: none.
  static absl::StatusOr<PidFile> Create(const std::string& path);
  PidFile(PidFile&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  PidFile& operator=(PidFile&&) = delete;
  ~PidFile();

 private:
  explicit PidFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace koeru::server
