#pragma once

// Going into the background (daemon): the command ends when the server is ready, or with the error
// that kept it from that.
//
//   Daemon daemon;                       // before any thread
//   if (wanted) if (auto status = daemon.Leave()) return *status;   // in the process that ends
//   ...
//   daemon.Ready();                      // in the one that goes on

#include <optional>

#include "absl/status/status.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

class Daemon {
 public:
  // Goes on in a child process of a session of its own. In the first process: waits, and returns
  // the status for the command to end with.
  std::optional<int> Leave();
  // The terminal is let go of. Does nothing without Leave().
  void Ready();

 private:
  UniqueFd ready_;
};

}  // namespace koeru::server
