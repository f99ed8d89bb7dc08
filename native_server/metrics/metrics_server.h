#pragma once

// Metrics, liveness and readiness over HTTP, for programs that watch; on loopback unless the
// operator says otherwise.
//
//   GET /metrics   (prometheus-path)  the counters; with a token set, only for who sends it
//   GET /load                         how busy it is, for servers that send clients here
//                                     (native_server/alternates); with the token, too
//   GET /healthz   "ok": the process lives; also GET / (coturn's health check)
//   GET /readyz    "ready", or 503 while no new clients are welcome

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "native_server/http/small_server.h"

namespace koeru::server {

struct MetricsOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 9641;
  std::string path = "/metrics";
  std::string token;                     // empty: everybody who gets there
  std::function<std::string()> metrics;  // called on the server's thread
  std::function<std::string()> load;     // the same; JSON
  std::function<bool()> ready;
};

SmallReply AnswerMetricsRequest(const MetricsOptions& options, const SmallRequest& request);

// Listens when it returns; errors name the option and the remedy.
absl::StatusOr<std::unique_ptr<SmallServer>> StartMetricsServer(MetricsOptions options);

}  // namespace koeru::server
