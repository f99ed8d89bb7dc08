#pragma once

// SIGTERM, SIGINT and SIGHUP as something to wait for.

#include <csignal>

namespace koeru::server {

class Signals {
 public:
  // Blocks them in this thread and in those that it starts later. Writing to a closed connection is
  // an error and no signal.
  Signals();
  // The next one. After SIGTERM or SIGINT another of these ends the process at once.
  int Wait() const;

 private:
  sigset_t set_;
};

}  // namespace koeru::server
