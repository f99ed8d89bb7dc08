#pragma once

// `koeru-relay --demo`: everything for a first try on one machine or in one network.

#include <string>

#include "absl/status/status.h"
#include "native_server/config/relay_config.h"

namespace koeru::server {

// Chooses what the operator did not: a random secret (unless credentials are given), the directory
// for certificate and log (made if it is missing), the page's files.
absl::Status PrepareDemo(ServerOptions& options, relay::RandomSource& random);

// What a person needs to know when it runs: page, iceServers with a credential, log, how to stop.
std::string DemoText(const ServerOptions& options, const relay::RelayConfig& config,
                     const Machine& machine, net::UnixTime now);

}  // namespace koeru::server
