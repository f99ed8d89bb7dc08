#include "native_server/metrics/metrics_server.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace koeru::server {

absl::StatusOr<std::unique_ptr<SmallServer>> StartMetricsServer(MetricsOptions options) {
  const std::string address = options.address;
  const uint16_t port = options.port;
  auto server = SmallServer::ListenTcp(address, port,
                                       [options = std::move(options)](const SmallRequest& request) {
                                         return AnswerMetricsRequest(options, request);
                                       });
  if (server.ok()) return server;
  return absl::UnavailableError(absl::StrCat(
      "cannot listen for metrics on ", address, " port ", port, ": ", server.status().message(),
      "; choose another one with prometheus-address and prometheus-port"));
}

}  // namespace koeru::server
