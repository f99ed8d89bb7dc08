#include "native_server/worker/relay_server.h"

namespace koeru::server {

RelayServer::RelayServer(relay::RelayConfig config, RelayServerOptions options)
    : config_(std::move(config)),
      options_(std::move(options)),
      quota_(options_.user_quota, options_.total_quota),
      live_(config_.relay_addresses),
      reservations_(&quota_, config_.realm) {
  config_.quota = &quota_;
  config_.live = &live_;
  config_.reservations = &reservations_;
}

absl::Status RelayServer::Start() {
  for (const net::Endpoint& endpoint : options_.listen) {
    if (absl::Status free = CheckPortIsFree(endpoint); !free.ok()) return free;
  }
  for (size_t i = 0; i < options_.workers; ++i) {
    workers_.push_back(std::make_unique<Worker>(
        WorkerOptions{.relay = &config_,
                      .listen = options_.listen,
                      .offload = options_.offload,
                      .listener_buffer_bytes = options_.listener_buffer_bytes,
                      .relay_buffer_bytes = options_.relay_buffer_bytes,
                      .stream_idle_time = options_.stream_idle_time}));
    if (absl::Status bound = workers_.back()->Bind(); !bound.ok()) return bound;
  }
  for (const auto& worker : workers_) worker->Start();
  return absl::OkStatus();
}

void RelayServer::Stop() {
  for (const auto& worker : workers_) worker->Stop();
}

// Each in its turn: unlike the kernel's choice for UDP this is even.
void RelayServer::Adopt(StreamConnection connection) {
  const size_t turn = next_worker_.fetch_add(1, std::memory_order_relaxed);
  workers_[turn % workers_.size()]->Adopt(std::move(connection));
}

Totals RelayServer::Sum() const {
  Totals totals;
  for (const auto& worker : workers_) totals.Add(worker->counters());
  return totals;
}

}  // namespace koeru::server
