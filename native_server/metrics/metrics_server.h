#pragma once

// A small HTTP server for programs that watch: metrics, liveness and readiness. On a thread of its
// own; on loopback unless the operator says otherwise.
//
//   GET /metrics   (prometheus-path)  the counters; with a token set, only for who sends it
//   GET /healthz   "ok": the process lives; also GET / (coturn's health check)
//   GET /readyz    "ready", or 503 while no new clients are welcome
//
// One request for each connection. Bounds: 32 connections, 8 KB of header, 10 seconds.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace koeru::server {

struct MetricsOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 9641;
  std::string path = "/metrics";
  std::string token;                     // empty: everybody who gets there
  std::function<std::string()> metrics;  // called on the server's thread
  std::function<bool()> ready;
};

struct MetricsReply {
  int status = 200;
  std::string_view content_type = "text/plain; charset=utf-8";
  std::string body;
};

// What a request gets. `authorization`: that header's value, empty without one.
MetricsReply AnswerMetricsRequest(const MetricsOptions& options, std::string_view method,
                                  std::string_view target, std::string_view authorization);

class MetricsServer {
 public:
  // Listens when it returns; errors name the option and the remedy.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(MetricsOptions options);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

  uint16_t port() const;

 private:
  struct State;
  explicit MetricsServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace koeru::server
