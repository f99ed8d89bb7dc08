#include "native_server/worker/relay_server.h"

namespace koeru::server {

RelayServer::RelayServer(relay::RelayConfig config, RelayServerOptions options)
    : config_(std::move(config)),
      options_(std::move(options)),
      quota_(options_.user_quota, options_.total_quota),
      live_(config_.relay_addresses),
      live_tcp_(config_.relay_addresses),
      reservations_(&quota_) {
  for (const MediaSession::Address& media : options_.media_addresses) {
    if (!net::IsStream(media.transport)) live_.AddForGood(media.advertised);
  }
  config_.quota = &quota_;
  config_.live = &live_;
  config_.live_tcp = &live_tcp_;
  config_.reservations = &reservations_;
  quota_.SetRealms(config_.other_realms, config_.capacity);
  SystemRandom random;
  rules_ = std::make_shared<const relay::RelayRules>(config_, random);
}

absl::Status RelayServer::Start() {
  for (const net::Endpoint& endpoint : options_.listen) {
    if (absl::Status free = CheckPortIsFree(endpoint); !free.ok()) return free;
  }
  for (size_t i = 0; i < options_.workers; ++i) {
    WorkerOptions worker{.number = i,
                         .rules = rules_,
                         .listen = options_.listen,
                         .offload = options_.offload,
                         .listener_buffer_bytes = options_.listener_buffer_bytes,
                         .relay_buffer_bytes = options_.relay_buffer_bytes,
                         .listening_device = options_.listening_device,
                         .relay_device = options_.relay_device,
                         .plain_udp = options_.plain_udp,
                         .stream_idle_time = options_.stream_idle_time,
                         .workers = options_.workers,
                         .pass_on =
                             [this](size_t to, StreamConnection connection) {
                               workers_[to]->Adopt(std::move(connection));
                             },
                         .leave_mail =
                             [this](size_t to, std::unique_ptr<MailBag>& bag) {
                               return workers_[to]->LeaveMail(bag);
                             },
                         .quota = &quota_,
                         .users = options_.users,
                         .media_addresses = options_.media_addresses,
                         .media_desk = options_.media_desk};
    if (options_.on_dtls_stranger) {
      worker.on_dtls_stranger = [this, i](const net::FiveTuple& five_tuple, Bytes datagram) {
        options_.on_dtls_stranger(i, five_tuple, datagram);
      };
    }
    workers_.push_back(std::make_unique<Worker>(worker));
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

void RelayServer::LeaveMedia(size_t worker, MediaOrder order) {
  workers_[worker]->LeaveMedia(std::move(order));
}

void RelayServer::AdoptDtls(size_t worker, DtlsAnswer answer) {
  workers_[worker]->AdoptDtls(std::move(answer));
}

void RelayServer::Reload(const relay::RelayConfig& config, size_t user_quota, size_t total_quota) {
  relay::RelayConfig next = config;
  next.anonymous = config_.anonymous;
  next.nonce_key = config_.nonce_key;
  next.relay_addresses = config_.relay_addresses;
  next.max_allocations = config_.max_allocations;
  next.max_permissions_per_allocation = config_.max_permissions_per_allocation;
  next.max_channels_per_allocation = config_.max_channels_per_allocation;
  next.max_connections_per_allocation = config_.max_connections_per_allocation;
  next.max_connections = config_.max_connections;
  next.quota = config_.quota;
  next.live = config_.live;
  next.live_tcp = config_.live_tcp;
  next.reservations = config_.reservations;
  next.events = config_.events;
  next.draining = config_.draining;
  config_ = std::move(next);
  quota_.SetLimits(user_quota, total_quota);
  quota_.SetRealms(config_.other_realms, config_.capacity);
  SetRules();
}

void RelayServer::Drain() {
  config_.draining = true;
  SetRules();
}

void RelayServer::SetRules() {
  SystemRandom random;
  old_rules_ = std::exchange(rules_, std::make_shared<const relay::RelayRules>(config_, random));
  ++rules_number_;
  for (const auto& worker : workers_) worker->SetRules(rules_, rules_number_);
}

bool RelayServer::IsDrained(size_t left) const {
  if (!config_.draining) return false;
  size_t live = 0;
  for (const auto& worker : workers_) {
    // A worker that does not know yet may make another one.
    if (worker->rules_in_use() != rules_number_) return false;
    live += worker->counters().allocations.Get();
  }
  return live <= left;
}

std::vector<WatchedAllocation> RelayServer::ListAllocations(
    std::chrono::milliseconds patience) const {
  const auto survey = std::make_shared<AllocationSurvey>(workers_.size());
  for (const auto& worker : workers_) worker->Post(survey);
  survey->Wait(patience);
  return survey->Take();
}

bool RelayServer::EndAllocation(size_t worker, relay::AllocationHandle allocation,
                                std::chrono::milliseconds patience) {
  if (worker >= workers_.size()) return false;
  const auto order = std::make_shared<EndOrder>(allocation);
  workers_[worker]->Post(order);
  return order->Wait(patience);
}

Totals RelayServer::Sum() const {
  Totals totals;
  for (const auto& worker : workers_) totals.Add(worker->counters());
  return totals;
}

}  // namespace koeru::server
