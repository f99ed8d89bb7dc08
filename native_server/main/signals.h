#pragma once

// Signals as something to wait for.

#include <chrono>
#include <csignal>

namespace koeru::server {

class Signals {
 public:
  // Blocks SIGTERM, SIGINT, SIGHUP, SIGUSR1 and SIGUSR2 in this thread and in those that it starts
  // later. Writing to a closed connection is an error and no signal.
  Signals();
  // The next one, 0 when none comes in that time. After SIGTERM or SIGINT another of these ends the
  // process at once.
  int WaitFor(std::chrono::milliseconds time) const;

 private:
  sigset_t set_;
};

}  // namespace koeru::server
