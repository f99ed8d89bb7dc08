#include "native_server/worker/listeners.h"

namespace koeru::server {

absl::Status Listeners::Open(const std::vector<net::Endpoint>& endpoints, const UdpOptions& options,
                             WorkerCounters& counters) {
  for (const net::Endpoint& endpoint : endpoints) {
    absl::StatusOr<UniqueFd> fd = OpenListener(endpoint, options);
    if (!fd.ok()) return fd.status();
    list_.push_back(std::make_unique<Listener>(*std::move(fd), endpoint, counters));
  }
  return absl::OkStatus();
}

// A handful of listeners at most: a walk is quicker than any table.
Listener* Listeners::Find(const net::ServerAddress& server) {
  for (const auto& listener : list_) {
    if (listener->local == server.endpoint) return listener.get();
  }
  for (const auto& listener : list_) {
    if (listener->wildcard && listener->local.port == server.endpoint.port &&
        listener->local.address.family() == server.endpoint.address.family()) {
      return listener.get();
    }
  }
  return nullptr;
}

void Listeners::FlushAll() {
  for (const auto& listener : list_) listener->queue.Flush();
}

}  // namespace koeru::server
