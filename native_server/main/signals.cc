#include "native_server/main/signals.h"

#include <pthread.h>

namespace koeru::server {

Signals::Signals() {
  ::sigemptyset(&set_);
  ::sigaddset(&set_, SIGTERM);
  ::sigaddset(&set_, SIGINT);
  ::sigaddset(&set_, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

int Signals::Wait() const {
  int signal = 0;
  while (::sigwait(&set_, &signal) != 0) {
  }
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
