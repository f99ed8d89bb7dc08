#pragma once

// All workers together, and the few things that they share.
//
//   RelayServer server(config, options);
//   absl::Status bound = server.Start();     // listeners are bound when it returns
//   Totals totals = server.Sum();            // from any thread
//   server.Stop();                           // ends all allocations and joins the threads

#include <atomic>
#include <memory>
#include <vector>

#include "native_server/worker/live_addresses.h"
#include "native_server/worker/quota_ledger.h"
#include "native_server/worker/shared_reservations.h"
#include "native_server/worker/worker.h"

namespace koeru::server {

struct RelayServerOptions {
  size_t workers = 1;
  std::vector<net::Endpoint> listen{};  // UDP
  // See WorkerOptions; with the number of the worker that will want the answer.
  bool plain_udp = true;
  std::function<void(size_t worker, const net::FiveTuple&, Bytes datagram)> on_dtls_stranger{};
  // Allocations, of realms without a quota of their own; 0: unlimited.
  size_t user_quota = 0;
  size_t total_quota = 0;
  Offload offload{};
  int listener_buffer_bytes = 4 << 20;
  int relay_buffer_bytes = 0;
  std::string listening_device{}, relay_device{};  // see UdpOptions
  net::Duration stream_idle_time = std::chrono::seconds(60);
  UserSource* users = nullptr;  // outlives the server
  // See WorkerOptions. Clients may reach the advertised addresses through their allocations.
  std::vector<MediaSession::Address> media_addresses{};
  MediaReports* media_desk = nullptr;
};

class RelayServer {
 public:
  // Fills the parts of `config` that workers share (quota, live addresses, reservations).
  RelayServer(relay::RelayConfig config, RelayServerOptions options);
  ~RelayServer() { Stop(); }

  absl::Status Start();
  void Stop();

  // A client over TCP or TLS: some worker takes it. From any thread, between Start and Stop.
  void Adopt(StreamConnection connection);
  // From any thread, between Start and Stop.
  void AdoptDtls(size_t worker, DtlsAnswer answer);
  void LeaveMedia(size_t worker, MediaOrder order);

  Totals Sum() const;
  size_t total_quota() const { return quota_.total(); }  // 0: unlimited
  // Allocations by realm; realms without any are left out.
  std::vector<std::pair<std::string, size_t>> AllocationsByRealm() const { return quota_.InUse(); }

  // All live allocations, as far as workers answer in that time. Waits; from any thread but a
  // worker's, between Start and Stop.
  std::vector<WatchedAllocation> ListAllocations(std::chrono::milliseconds patience) const;
  // False: that worker has no such allocation.
  bool EndAllocation(size_t worker, relay::AllocationHandle allocation,
                     std::chrono::milliseconds patience);

  // While it runs, from one thread at a time. What cannot change stays: relay addresses,
  // `anonymous`, the nonce key, bounds of memory, and what workers share.
  void Reload(const relay::RelayConfig& config, size_t user_quota, size_t total_quota);
  // No new allocations from now on (508).
  void Drain();
  // Draining, and no more than `left` allocations live.
  bool IsDrained(size_t left) const;

 private:
  void SetRules();

  relay::RelayConfig config_;
  const RelayServerOptions options_;
  SharedQuotaLedger quota_;
  SharedLiveAddresses live_, live_tcp_;
  SharedReservations reservations_;
  std::shared_ptr<const relay::RelayRules> rules_;
  // The rules before: the last to let go of them is this thread, because freeing takes time.
  std::shared_ptr<const relay::RelayRules> old_rules_;
  uint64_t rules_number_ = 0;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::atomic<size_t> next_worker_{0};
};

}  // namespace koeru::server
