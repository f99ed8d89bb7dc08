// Options: the web side, metrics and administration.

#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status SetPrometheusAddress(ServerOptions& options, std::string_view value,
                                  std::string_view) {
  const auto parsed = ParseAddress(value);
  if (parsed.ok()) options.prometheus_address = *parsed;
  return parsed.status();
}

absl::Status SetAdminAddress(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseAddress(value);
  if (parsed.ok()) options.web_admin_ip = *parsed;
  return parsed.status();
}

absl::Status AddAdmin(ServerOptions& options, std::string_view value, std::string_view) {
  const size_t colon = value.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == value.size()) {
    return absl::InvalidArgumentError("write name:password");
  }
  options.web_admin_users.emplace_back(value);
  return absl::OkStatus();
}

absl::Status SetPrometheusTls(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseBoolean(value);
  if (!parsed.ok()) return parsed.status();
  options.prometheus_tls = *parsed;
  options.prometheus = options.prometheus || *parsed;
  return absl::OkStatus();
}

absl::Status SetPrometheusPath(ServerOptions& options, std::string_view value, std::string_view) {
  if (!value.starts_with('/')) {
    return absl::InvalidArgumentError(Quoted(value) + " is no path: write /metrics, say");
  }
  options.prometheus_path = value;
  return absl::OkStatus();
}

constexpr Group kW = Group::kWeb;
constexpr Group kM = Group::kMonitoring;

constexpr std::string_view kNoCli =
    "there is no telnet: write admin-socket=PATH and use `koeru top`, or web-admin; leave it out";

constexpr auto kRows = std::to_array<Option>({
    Flag("demo", kW,
         "everything for a first try: page, self-signed certificate, random secret, loopback and "
         "private peers",
         SetFlag<&O::demo>),
    Value("https-port", Kind::kPort, kW, "8443 with demo, else none",
          "port of page, signalling and short-lived credentials, for everybody who gets there",
          SetNumber<&O::https_port, 1, 65535>),
    Value("http-port", Kind::kPort, kW, "8080 with demo, else none",
          "port that redirects to HTTPS; 0 is none", SetNumber<&O::http_port, 0, 65535>),
    List("web-root", Kind::kFile, kW, "", "directory with the page's files; the first one wins",
         AddText<&O::web_roots>),
    Value("state-dir", Kind::kFile, kW, "~/.local/state/koeru",
          "where certificate and log of a demo are kept", SetText<&O::state_dir>),
    Flag("no-web", kW, "no page, signalling or credentials over HTTPS", SetFlag<&O::no_web>),
    Flag("web-stats", kW, "GET /stats.json, from this machine only", SetFlag<&O::web_stats>),

    Flag("media-peer", kW,
         "a peer to call when nobody else is there: it sends back what it gets, on the "
         "ports of TURN, for who has a credential; demo has it",
         SetFlag<&O::media_peer>),
    Flag("no-media-peer", kW, "no media peer in a demo", SetFlag<&O::no_media_peer>),
    Flag("media-peer-ice-lite", kW,
         "it answers connectivity checks and makes none (ICE lite): for servers that every page "
         "reaches at their address",
         SetFlag<&O::media_peer_ice_lite>),
    Value("media-peer-calls", Kind::kNumber, kW, "64", "calls that it has at a time",
          SetNumber<&O::media_peer_calls, 1, 10000>),
    Value("media-peer-user-calls", Kind::kNumber, kW, "media-peer-calls",
          "the same of one user; all pages with a credential of the web side are one",
          SetNumber<&O::media_peer_calls_of_user, 1, 10000>),
    Value("media-peer-time", Kind::kSeconds, kW, "600", "after which a call ends",
          SetNumber<&O::media_peer_time_s, 10, 86400>),
    Value("media-peer-max-bps", Kind::kNumber, kW, "1000000",
          "bytes per second that a call may send, as with max-bps; 0 is unlimited",
          SetNumber<&O::media_peer_max_bps, 0, 4294967295>),

    Flag("prometheus", kM, "metrics for Prometheus, /healthz and /readyz over HTTP",
         SetFlag<&O::prometheus>),
    Value("prometheus-port", Kind::kPort, kM, "9641", "TCP port of the metrics",
          SetNumber<&O::prometheus_port, 1, 65535>),
    Value("prometheus-address", Kind::kAddress, kM, "127.0.0.1",
          "address of the metrics; one that others can reach needs prometheus-token",
          SetPrometheusAddress),
    Value("prometheus-path", Kind::kText, kM, "/metrics", "path of the metrics", SetPrometheusPath),
    Value("prometheus-token", Kind::kSecret, kM, "",
          "whoever reads the metrics must send it (Authorization: Bearer TOKEN)",
          SetText<&O::prometheus_token>),
    Refused("prometheus-username-labels", Kind::kFlag, kM,
            "a label for each user grows without bound; the log has a line for each allocation "
            "(log-format=json); leave it out"),
    Flag("prometheus-tls", kM, "the metrics over HTTPS; switches prometheus on", SetPrometheusTls),
    Value("prometheus-cert", Kind::kFile, kM, "cert", "certificate chain in PEM for it",
          SetText<&O::prometheus_cert>),
    Value("prometheus-key", Kind::kFile, kM, "pkey", "its private key in PEM",
          SetText<&O::prometheus_key>),
    Value("admin-socket", Kind::kFile, kM, "<state-dir>/admin.sock with demo, else none",
          "Unix socket of the administration, for `koeru top` and curl; who may open it may all",
          SetText<&O::admin_socket>),
    Flag("web-admin", kM, "administration page over HTTPS: live allocations, ending one, reload",
         SetFlag<&O::web_admin>),
    Value("web-admin-ip", Kind::kAddress, kM, "127.0.0.1", "address of the administration page",
          SetAdminAddress),
    Value("web-admin-port", Kind::kPort, kM, "8080", "port of the administration page",
          SetNumber<&O::web_admin_port, 1, 65535>),
    List("web-admin-user", Kind::kSecret, kM, "",
         "name:password of an administrator, or name:$5$... as `turnadmin -P` prints it; others "
         "may stand in the database (`koeru admin`)",
         AddAdmin),
    Refused("web-admin-listen-on-workers", Kind::kFlag, kM,
            "the page has a port of its own, web-admin-port, so that a firewall can close it; "
            "leave it out"),
    Refused("cli", Kind::kFlag, kM, kNoCli),
    NoEffect("no-cli", Kind::kFlag, kM, "there is no telnet to connect to"),
    NoEffect("cli-ip", Kind::kAddress, kM, kNoCli),
    NoEffect("cli-port", Kind::kPort, kM, kNoCli),
    NoEffect("cli-password", Kind::kSecret, kM, kNoCli),
    NoEffect("cli-max-output-sessions", Kind::kNumber, kM, kNoCli),
});

}  // namespace

std::span<const Option> ServiceOptions() { return kRows; }

}  // namespace koeru::server
