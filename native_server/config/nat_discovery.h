#pragma once

// RFC 5780 (rfc5780): which listening addresses stand for each other.
//
//   listening-ip=192.0.2.1       A1
//   listening-ip=192.0.2.2       A2: as coturn does it, the first of a family with the second, the
//   listening-ip=2001:db8::1     third with the fourth. This one is alone: not served there.

#include "native_server/config/load_options.h"
#include "native_server/config/relay_config.h"

namespace koeru::server {

// Contradictions: names the place of what is wrong, and the remedy. Adds warnings about addresses
// that are alone, and about ports that nobody uses.
absl::Status ValidateDiscovery(LoadedOptions& loaded);

// None without rfc5780. One for each pair of addresses and pair of ports. `known` says what clients
// know an address as (external-ip).
std::vector<relay::AlternatePair> AlternatePairsOf(const ServerOptions& options,
                                                   const Machine& machine,
                                                   const std::vector<relay::RelayAddress>& known);

// "192.0.2.1 and 192.0.2.2, ports 3478 and 3479": for --check-config and the log.
std::string ToText(const relay::AlternatePair& pair);

}  // namespace koeru::server
