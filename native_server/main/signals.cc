#include "native_server/main/signals.h"

#include <pthread.h>

#include <ctime>

namespace koeru::server {

Signals::Signals() {
  ::sigemptyset(&set_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2}) {
    ::sigaddset(&set_, signal);
  }
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

int Signals::WaitFor(std::chrono::milliseconds time) const {
  const timespec limit{.tv_sec = static_cast<std::time_t>(time.count() / 1000),
                       .tv_nsec = static_cast<long>(time.count() % 1000 * 1'000'000)};
  const int signal = ::sigtimedwait(&set_, nullptr, &limit);
  if (signal < 0) return 0;
  if (signal == SIGTERM || signal == SIGINT) {
    // Their default action is to end the process.
    sigset_t ending;
    ::sigemptyset(&ending);
    ::sigaddset(&ending, SIGTERM);
    ::sigaddset(&ending, SIGINT);
    ::pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
  }
  return signal;
}

}  // namespace koeru::server
