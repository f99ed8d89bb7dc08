// StaticFiles: finds files below a list of directories that are laid over each other.
//
// The path comes from ParseTarget, so it has no "..", no hidden names and no tricks. Here each
// segment is opened by itself, relative to the one before, without following links: whatever the
// path says, the file found lies below a root. Links are therefore not served at all (a root itself
// may be one), nor is anything that is not a plain file.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace koeru::server::web {

class FileHandle {
 public:
  explicit FileHandle(int fd = -1) : fd_(fd) {}
  FileHandle(FileHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileHandle();
  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

struct StaticFile {
  FileHandle handle{};
  uint64_t size = 0;
  std::time_t modified = 0;
  std::string etag{};  // strong (RFC 9110 §8.8.3), with its quotes
  std::string_view content_type{};
  std::string_view content_encoding{};  // "br", "gzip" or empty
  bool may_be_encoded = false;          // there are other encodings: the reply varies
};

enum class LookUp { kFound, kMissing, kIsDirectory };

class StaticFiles {
 public:
  explicit StaticFiles(std::vector<std::string> roots) : roots_(std::move(roots)) {}

  // That every root is there; the error names the one that is not.
  absl::Status Check() const;

  // `path` begins with '/' and is decoded; a path that ends with '/' means its index.html.
  // A file.br or file.gz beside the file is given instead if `accept_encoding` allows and it is
  // not older. kIsDirectory: a directory with an index.html whose '/' was left out.
  LookUp Find(std::string_view path, std::string_view accept_encoding, StaticFile* file) const;

 private:
  std::vector<std::string> roots_;
};

}  // namespace koeru::server::web
