#include "native_server/main/metrics_side.h"

#include <chrono>

#include "native_server/alternates/load_watch.h"
#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/metrics/metrics_text.h"

namespace koeru::server {

namespace {

MetricsSnapshot Measure(const Measured& measured, net::Instant start) {
  MetricsSnapshot snapshot;
  snapshot.totals = measured.relay.Sum();
  snapshot.realms = measured.relay.AllocationsByRealm();
  snapshot.uptime_s = std::chrono::duration<double>(Now() - start).count();
  snapshot.draining = !measured.ready.load(std::memory_order_relaxed);
  snapshot.version = KOERU_VERSION;
  snapshot.media = measured.media.counts();
  const Door::Counts tcp = measured.tcp.counts();
  snapshot.tcp_connections = tcp.connections;
  snapshot.tls = {tcp.half_open, tcp.tls};
  if (measured.dtls != nullptr) {
    const DtlsDoor::Counts dtls = measured.dtls->counts();
    snapshot.dtls = {dtls.half_open, dtls.machine.handshakes};
    snapshot.dtls_cookies = dtls.machine.cookies;
    snapshot.dtls_unheard = dtls.unheard;
  }
  return snapshot;
}

MetricsOptions MetricsOptionsOf(const ServerOptions& options, const Measured& measured) {
  MetricsOptions metrics;
  if (options.prometheus_address) metrics.address = options.prometheus_address->ToString();
  metrics.port = options.prometheus_port;
  metrics.path = options.prometheus_path;
  metrics.token = options.prometheus_token;
  metrics.ready = [&ready = measured.ready] { return ready.load(std::memory_order_relaxed); };
  metrics.load = [measured] {
    return LoadJson({.allocations = measured.relay.Sum().allocations,
                     .total_quota = measured.relay.total_quota(),
                     .ready = measured.ready.load(std::memory_order_relaxed)});
  };
  metrics.metrics = [measured, start = Now()] { return MetricsText(Measure(measured, start)); };
  return metrics;
}

// Its own when it has one, else everybody's.
CertificateFiles CertificateOf(const ServerOptions& options, CertificateFiles certificate) {
  if (!options.prometheus_cert.empty()) {
    certificate.certificate = options.prometheus_cert;
    certificate.key = options.prometheus_key;
    certificate.key_password.clear();
  }
  return certificate;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsSide>> MetricsSide::Start(const ServerOptions& options,
                                                                const CertificateFiles& certificate,
                                                                const Measured& measured) {
  auto side = std::make_unique<MetricsSide>();
  if (!options.prometheus) return side;
  MetricsOptions metrics = MetricsOptionsOf(options, measured);
  const std::string address = metrics.address;
  const uint16_t port = metrics.port;
  if (options.prometheus_tls) {
    auto answer = [metrics = std::move(metrics)](const web::RequestInfo&,
                                                 const web::RequestLine& line) {
      SmallReply reply = AnswerMetricsRequest(
          metrics,
          {.method = line.method, .target = line.path, .authorization = line.authorization});
      return web::HandlerReply{reply.status, reply.content_type, std::move(reply.body)};
    };
    auto secure = SecurePages::Start(
        {address, port, CertificateOf(options, certificate), 1, std::move(answer)});
    if (!secure.ok()) return secure.status();
    side->secure_ = *std::move(secure);
  } else {
    auto plain = StartMetricsServer(std::move(metrics));
    if (!plain.ok()) return plain.status();
    side->plain_ = *std::move(plain);
  }
  LOG(INFO) << "metrics on " << (options.prometheus_tls ? "https://" : "http://")
            << net::Endpoint{*net::Address::Parse(address), port}.ToString()
            << options.prometheus_path;
  return side;
}

absl::Status MetricsSide::ReloadCertificate() {
  return secure_ ? secure_->ReloadCertificate() : absl::OkStatus();
}

}  // namespace koeru::server
