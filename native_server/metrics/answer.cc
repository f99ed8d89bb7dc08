#include "core/bytes/hex.h"
#include "core/crypto/hash.h"
#include "native_server/metrics/metrics_server.h"

namespace koeru::server {
namespace {

bool MayRead(const MetricsOptions& options, std::string_view authorization) {
  if (options.token.empty()) return true;
  constexpr std::string_view kScheme = "Bearer ";  // RFC 6750 section 2.1
  return authorization.starts_with(kScheme) &&
         crypto::ConstantTimeEquals(AsBytes(authorization.substr(kScheme.size())),
                                    AsBytes(options.token));
}

}  // namespace

SmallReply AnswerMetricsRequest(const MetricsOptions& options, const SmallRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    return {.status = 405, .body = "only GET is served\n"};
  }
  const std::string_view path = request.target.substr(0, request.target.find('?'));
  if (path == options.path || path == "/load") {
    if (!MayRead(options, request.authorization)) {
      return {.status = 401, .body = "send Authorization: Bearer and prometheus-token\n"};
    }
    if (path == "/load") return {.content_type = "application/json", .body = options.load()};
    return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = options.metrics()};
  }
  if (path == "/healthz" || path == "/") return {.body = "ok\n"};
  if (path == "/readyz") {
    if (options.ready()) return {.body = "ready\n"};
    return {.status = 503, .body = "not ready for new clients\n"};
  }
  return {.status = 404, .body = "there is " + options.path + ", /load, /healthz and /readyz\n"};
}

}  // namespace koeru::server
