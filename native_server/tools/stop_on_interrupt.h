#pragma once

// While one lives, Ctrl-C ends the run of a command and not the program. One at a time.

#include <atomic>
#include <csignal>

namespace koeru::tools {

class StopOnInterrupt {
 public:
  StopOnInterrupt() {
    asked_ = false;
    struct sigaction action {};
    action.sa_handler = [](int) { asked_ = true; };
    ::sigaction(SIGINT, &action, &before_);
  }
  ~StopOnInterrupt() { ::sigaction(SIGINT, &before_, nullptr); }
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  static const std::atomic<bool>& asked() { return asked_; }

 private:
  inline static std::atomic<bool> asked_ = false;
  struct sigaction before_ {};
};

}  // namespace koeru::tools
