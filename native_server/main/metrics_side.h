#pragma once

// The metrics listener (native_server/metrics), connected to the relay.

#include <atomic>
#include <memory>

#include "native_server/config/server_options.h"
#include "native_server/metrics/metrics_server.h"
#include "native_server/worker/relay_server.h"

namespace koeru::server {

// Null when metrics are not asked for. `relay` and `ready` are used until it is destroyed.
absl::StatusOr<std::unique_ptr<SmallServer>> StartMetrics(const ServerOptions& options,
                                                            const RelayServer& relay,
                                                            const std::atomic<bool>& ready);

}  // namespace koeru::server
