#pragma once

// The life of the program: from options to a running relay with its web side, to its clean end.

#include "absl/status/status.h"
#include "native_server/config/load_options.h"

namespace koeru::server {

// Returns when SIGTERM or SIGINT came and everything has ended, or with the reason why it could not
// start: one sentence that names option and remedy.
absl::Status RunServer(LoadedOptions loaded);

}  // namespace koeru::server
