#include "native_server/main/metrics_side.h"

#include <chrono>

#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/metrics/metrics_text.h"

namespace koeru::server {

absl::StatusOr<std::unique_ptr<SmallServer>> StartMetrics(const ServerOptions& options,
                                                            const RelayServer& relay,
                                                            const std::atomic<bool>& ready) {
  if (!options.prometheus) return nullptr;
  MetricsOptions metrics;
  if (options.prometheus_address) metrics.address = options.prometheus_address->ToString();
  metrics.port = options.prometheus_port;
  metrics.path = options.prometheus_path;
  metrics.token = options.prometheus_token;
  metrics.ready = [&ready] { return ready.load(std::memory_order_relaxed); };
  metrics.metrics = [&relay, &ready, start = Now()] {
    return MetricsText({.totals = relay.Sum(),
                        .uptime_s = std::chrono::duration<double>(Now() - start).count(),
                        .draining = !ready.load(std::memory_order_relaxed),
                        .version = KOERU_VERSION,
                        .realms = relay.AllocationsByRealm()});
  };
  auto server = StartMetricsServer(std::move(metrics));
  if (server.ok()) {
    LOG(INFO) << "metrics on "
              << (options.prometheus_address ? options.prometheus_address->ToString()
                                             : std::string("127.0.0.1"))
              << " port " << (*server)->port();
  }
  return server;
}

}  // namespace koeru::server
