#pragma once

// What a configuration that starts risks all the same, in words, each with its remedy. For
// koeru-relay --check-config; certificates are looked at elsewhere (native_server/main).

#include <string>
#include <vector>

#include "native_server/config/relay_config.h"

namespace koeru::server {

// `config`: what MakeRelayConfig made of the options.
std::vector<std::string> FindRisks(const ServerOptions& options, const relay::RelayConfig& config);

}  // namespace koeru::server
