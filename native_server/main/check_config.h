#pragma once

// koeru-relay --check-config: the effective configuration, what is wrong with it, what it risks.
// Opens no port: it can be asked while the server runs.

#include <ctime>
#include <string>

#include "native_server/config/raw_option.h"
#include "native_server/config/relay_config.h"

namespace koeru::server {

struct ConfigCheck {
  std::string text;
  bool would_start = false;
};

ConfigCheck CheckConfig(const CommandLine& command_line, const Machine& machine, std::time_t now);

}  // namespace koeru::server
