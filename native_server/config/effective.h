#pragma once

// The configuration as it counts: each option, its value, and where it was written. For
// koeru-relay --check-config.

#include <string>

#include "native_server/config/load_options.h"

namespace koeru::server {

// By group, one line for each value; options that nobody wrote appear with their default. Values of
// secrets are not shown.
std::string EffectiveText(const LoadedOptions& loaded);

}  // namespace koeru::server
