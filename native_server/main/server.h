#pragma once

// The life of the program: from options to a running relay with its web side, to its clean end.

#include "absl/status/status.h"
#include "native_server/config/load_options.h"
#include "native_server/main/daemon.h"

namespace koeru::server {

// Returns when a signal said so (operation.h) and everything has ended, or with the reason why it
// could not start: one sentence that names option and remedy.
absl::Status RunServer(CommandLine command_line, LoadedOptions loaded, Daemon& daemon);

}  // namespace koeru::server
