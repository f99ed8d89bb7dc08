#include "native_server/main/daemon.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace koeru::server {

std::optional<int> Daemon::Leave() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    std::fprintf(stderr, "koeru-relay: daemon: pipe: %s\n", std::strerror(errno));
    return 1;
  }
  UniqueFd read_end(ends[0]);
  ready_ = UniqueFd(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) {
    std::fprintf(stderr, "koeru-relay: daemon: fork: %s\n", std::strerror(errno));
    return 1;
  }
  if (child == 0) {
    ::setsid();
    return std::nullopt;
  }
  ready_.Reset();
  char byte = 0;
  if (::read(read_end.get(), &byte, 1) == 1) return 0;
  // It ended, and has said why.
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

void Daemon::Ready() {
  if (!ready_.is_open()) return;
  const UniqueFd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing.get(), fd);
  const char byte = 1;
  [[maybe_unused]] const ssize_t told = ::write(ready_.get(), &byte, 1);
  ready_.Reset();
}

}  // namespace koeru::server
