#include "native_server/main/relay_side.h"

#include <sys/resource.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/config/nat_discovery.h"
#include "native_server/log/log.h"

namespace koeru::server {
namespace {

// Each allocation is an open file.
void RaiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 10'000) {
    LOG(WARNING) << "only " << limit.rlim_cur << " files may be open, which bounds the number of "
                 << "allocations: raise it (ulimit -n, LimitNOFILE)";
  }
}

absl::Status ExplainPortInUse(const absl::Status& status, const ServerOptions& options) {
  if (!absl::IsAlreadyExists(status)) return status;
  return absl::AlreadyExistsError(
      absl::StrCat(status.message(), ": stop the other program, or choose another port with ",
                   options.TurnDtlsPort() == 0 ? "listening-port"
                                               : "listening-port, or tls-listening-port for DTLS"));
}

void LogStart(const RelayServerOptions& options, const relay::RelayConfig& config) {
  for (const net::Endpoint& endpoint : options.listen) {
    LOG(INFO) << "listening on UDP " << endpoint.ToString() << ": "
              << (options.plain_udp ? "TURN" : "")
              << (options.plain_udp && options.on_dtls_stranger ? ", " : "")
              << (options.on_dtls_stranger ? "TURN over DTLS" : "");
  }
  for (const relay::RelayAddress& address : config.relay_addresses) {
    LOG(INFO) << "relaying from " << address.local.ToString()
              << (address.local == address.advertised
                      ? std::string()
                      : ", known to clients as " + address.advertised.ToString())
              << ", ports " << config.min_port << " to " << config.max_port;
  }
  for (const relay::AlternatePair& pair : config.alternate_pairs) {
    LOG(INFO) << "NAT behaviour discovery (RFC 5780) on " << ToText(pair);
  }
  LOG(INFO) << "worker threads: " << options.workers;
  LOG(INFO) << "batches: UDP_GRO " << (options.offload.gro ? "on" : "not in this kernel")
            << ", UDP_SEGMENT " << (options.offload.gso ? "on" : "not in this kernel");
  if (config.anonymous) LOG(WARNING) << "no-auth: everybody may use this relay";
  if (config.allow_loopback_peers) LOG(WARNING) << "loopback addresses are allowed as peers";
  if (config.allow_private_peers) LOG(WARNING) << "private addresses are allowed as peers";
}

RelayServerOptions RelayServerOptionsOf(const ServerOptions& o, const Machine& machine) {
  RelayServerOptions relay{.workers = WorkerCount(o, machine),
                           .listen = UdpEndpoints(o, machine),
                           .plain_udp = !o.no_udp,
                           .user_quota = o.user_quota,
                           .total_quota = o.AllocationsInTotal(),
                           .offload = DetectOffload()};
  relay.listening_device = o.listening_device;
  relay.relay_device = o.relay_device;
  relay.stream_idle_time = std::chrono::seconds(o.max_allocate_timeout_s);
  if (o.sock_buf_bytes > 0) {
    relay.listener_buffer_bytes = static_cast<int>(o.sock_buf_bytes);
    relay.relay_buffer_bytes = static_cast<int>(o.sock_buf_bytes);
  }
  return relay;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RelaySide>> RelaySide::Start(
    const ServerOptions& options, const Machine& machine, const relay::RelayConfig& config,
    const CertificateFiles& certificate, UserSource* users, MediaPeerSide& media) {
  std::unique_ptr<RelaySide> side(new RelaySide());
  RelayServerOptions relay_options = RelayServerOptionsOf(options, machine);
  relay_options.users = users;
  relay_options.media_addresses = media.addresses();
  relay_options.media_desk = media.reports();
  if (options.TurnDtlsPort() != 0) {
    auto door = DtlsDoor::Open({.certificate_file = certificate.certificate,
                                .key_file = certificate.key,
                                .key_password = certificate.key_password,
                                .client_ca_file = certificate.client_ca_file,
                                .limits = {}});
    if (!door.ok()) return door.status();
    side->dtls_ = *std::move(door);
    relay_options.on_dtls_stranger =
        [&door = *side->dtls_](size_t worker, const net::FiveTuple& five_tuple, Bytes datagram) {
          door.Knock(worker, five_tuple, datagram);
        };
  }
  RaiseFileLimit();
  side->relay_ = std::make_unique<RelayServer>(config, relay_options);
  if (absl::Status status = side->relay_->Start(); !status.ok()) {
    return ExplainPortInUse(status, options);
  }
  if (side->dtls_ != nullptr) {
    side->dtls_->Start([&relay = *side->relay_](size_t worker, DtlsAnswer answer) {
      relay.AdoptDtls(worker, std::move(answer));
    });
  }
  LogStart(relay_options, config);
  return side;
}

void RelaySide::Stop() {
  if (dtls_ != nullptr) dtls_->Stop();
  if (relay_ != nullptr) relay_->Stop();
}

}  // namespace koeru::server
