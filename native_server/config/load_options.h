#pragma once

// From arguments and turnserver.conf to options that fit together.
//
//   absl::StatusOr<LoadedOptions> loaded = LoadOptions(command_line);
//   for (const std::string& warning : loaded->warnings) ...
//
// The file comes first, the command line second: it wins for single values, lists add up. Nothing
// is skipped in silence: an unknown name, a bad value or a contradiction is an error that names the
// option, the place, and what to write.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/config/raw_option.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

struct LoadedOptions {
  ServerOptions options;
  std::vector<std::string> warnings;
  std::vector<RawOption> raw;  // all that was written, in the order in which it was applied
};

// File, then command line, as written.
absl::StatusOr<std::vector<RawOption>> ReadRawOptions(const CommandLine& command_line);

// Applies the options in the given order, up to the first one that is wrong.
absl::Status ApplyOptions(const std::vector<RawOption>& raw, LoadedOptions& loaded);

// What no single option can tell: contradictions, and what is missing. Adds what follows from
// other options (user switches lt-cred-mech on).
absl::Status ValidateOptions(LoadedOptions& loaded);

// All that is wrong instead of the first thing, for --check-config.
std::vector<absl::Status> ApplyAllOptions(const std::vector<RawOption>& raw, LoadedOptions& loaded);
std::vector<absl::Status> FindContradictions(LoadedOptions& loaded);

absl::StatusOr<LoadedOptions> LoadOptions(const CommandLine& command_line);

}  // namespace koeru::server
