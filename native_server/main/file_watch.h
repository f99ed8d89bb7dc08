#pragma once

// Notices when files change, by looking at them now and then: certificates are renewed by programs
// that know nothing of us, often by moving a symbolic link.

#include <sys/stat.h>

#include <string>
#include <vector>

namespace koeru::server {

class FileWatch {
 public:
  explicit FileWatch(std::vector<std::string> paths);

  // Whether any of them is another than at the last call. Missing files are such a state, too.
  bool Changed();

 private:
  struct Stamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    time_t seconds = 0;
    long nanoseconds = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp StampOf(const std::string& path);

  std::vector<std::string> paths_;
  std::vector<Stamp> stamps_;
};

}  // namespace koeru::server
