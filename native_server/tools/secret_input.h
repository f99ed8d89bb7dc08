#pragma once

// Passwords and secrets from where other users of the machine cannot see them.

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

// From `file` (its first line; "-" or nothing is standard input), asked for on a terminal with
// `prompt` and without echo. The line's end is not part of it; an empty one is an error. `option`
// is the one that named the file, for errors.
absl::StatusOr<std::string> ReadSecret(const std::optional<std::string>& file,
                                       std::string_view prompt, const CommandIo& io,
                                       std::string_view option = "--password-file");

}  // namespace koeru::tools
