#pragma once

// What the tables of a database say, added to the configuration.

#include "absl/status/status.h"
#include "native_server/config/server_options.h"
#include "native_server/users/user_directory.h"

namespace koeru::server {

// Realms that an ORIGIN or a key leads to are added, each with what the file says for all realms.
// Secrets and peer ranges are added; max-bps, total-quota and user-quota of the realm win over
// those of the configuration; so are keys of authorization servers. All of it counts or, when a
// range, a number or a key is wrong, nothing: leaving out a denied range would open it.
absl::Status AddStoredRules(const StoredRules& rules, relay::RelayConfig& config,
                            ServerOptions& options);

}  // namespace koeru::server
