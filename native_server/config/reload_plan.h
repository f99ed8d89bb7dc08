#pragma once

// What SIGHUP changes: the configuration is read again as a whole, and either all of it counts or
// nothing does.

#include "native_server/config/load_options.h"

namespace koeru::server {

struct ReloadPlan {
  // What counts afterwards: live options as they are written now, the others as they were.
  LoadedOptions loaded;
  std::vector<std::string> changed;        // names of options that take effect
  std::vector<std::string> needs_restart;  // "min-port (turnserver.conf line 3)"
};

// `written`: what stands in the file and on the command line now. An error is about that text and
// means that nothing changes.
absl::StatusOr<ReloadPlan> PlanReload(const LoadedOptions& running,
                                      const std::vector<RawOption>& written);

}  // namespace koeru::server
