#pragma once

// The clients and peers of `koeru load`, on one thread.
//
//   LoadRun run(options, {.user = "anna", ...});
//   if (auto status = run.Prepare(link, stop); !status.ok()) ...  // allocations and channels
//   LoadStats stats = run.Run(stop, [](std::string_view line) { ... });
//
// Each client has a channel to each peer; a peer sends back what it gets. A run ends after its
// duration and up to a second more for what is still under way, or soon after `stop` is true.

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "native_server/client/turn_session.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tools/client_credentials.h"
#include "native_server/tools/load/load_options.h"
#include "native_server/tools/load/load_stats.h"

namespace koeru::tools {

class LoadRun {
 public:
  LoadRun(const LoadOptions& options, ClientCredentials credentials);

  // The status' message says what the server refused, and what to do.
  absl::Status Prepare(const server::LinkOptions& link, const std::atomic<bool>& stop);
  LoadStats Run(const std::atomic<bool>& stop,
                const std::function<void(std::string_view line)>& on_second);

 private:
  absl::Status AddClient(const server::LinkOptions& link);
  absl::Status AddPeers(const net::Address& local);
  void Watch(int fd, uint64_t index) const;
  void SendOne();
  // Waits until the deadline at most, and takes in what came.
  void Receive(net::Instant deadline);
  void TakeFrom(server::TurnSession& session);
  static void Echo(int peer);
  void Release();

  const LoadOptions& options_;
  ClientCredentials credentials_;
  server::RandomTransactionIds ids_;
  std::vector<std::unique_ptr<server::TurnSession>> clients_;
  std::vector<server::UniqueFd> peers_;
  std::vector<net::PeerAddress> peer_addresses_;
  server::UniqueFd epoll_;
  uint64_t tag_ = 0;
  std::vector<size_t> sizes_;  // in turn
  uint64_t next_ = 0;          // packet
  std::vector<uint8_t> payload_;
  LoadStats stats_;
  LoadCounts second_;
  DelayHistogram second_delays_;
};

}  // namespace koeru::tools
