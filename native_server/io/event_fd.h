#pragma once

// Wakes a thread that sleeps in epoll_wait.

#include <sys/eventfd.h>
#include <unistd.h>

#include "native_server/io/unique_fd.h"

namespace koeru::server {

class EventFd {
 public:
  EventFd() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

  int fd() const { return fd_.get(); }
  void Signal() const {
    const uint64_t one = 1;
    // Fails only when it is signalled already 2^64 times.
    [[maybe_unused]] const ssize_t written = ::write(fd_.get(), &one, sizeof(one));
  }
  void Drain() const {
    uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(fd_.get(), &count, sizeof(count));
  }

 private:
  UniqueFd fd_;
};

}  // namespace koeru::server
