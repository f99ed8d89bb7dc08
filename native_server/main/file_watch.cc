#include "native_server/main/file_watch.h"

#include <utility>

namespace koeru::server {

FileWatch::FileWatch(std::vector<std::string> paths) : paths_(std::move(paths)) { Changed(); }

bool FileWatch::Changed() {
  std::vector<Stamp> now;
  for (const std::string& path : paths_) now.push_back(StampOf(path));
  return std::exchange(stamps_, now) != now;
}

FileWatch::Stamp FileWatch::StampOf(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
          status.st_mtim.tv_nsec};
}

}  // namespace koeru::server
