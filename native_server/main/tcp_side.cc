#include "native_server/main/tcp_side.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/main/ice_credential.h"
#include "native_server/main/log_text.h"
#include "native_server/main/stats_json.h"

namespace koeru::server {
namespace {

// Each port once, with everything that it lets in.
std::map<uint16_t, LetsIn> TcpPorts(const ServerOptions& options) {
  std::map<uint16_t, LetsIn> ports;
  for (const uint16_t port : {options.TurnTcpPort(), options.TurnTlsPort()}) {
    if (port != 0) ports[port] = {};
  }
  if (options.rfc5780) {
    if (options.TurnTcpPort() != 0) ports[options.AltListeningPort()] = {};
    if (options.TurnTlsPort() != 0) ports[options.AltTlsListeningPort()] = {};
  }
  if (options.WebHttpsPort() != 0) ports[options.WebHttpsPort()].https = true;
  for (auto& [port, lets_in] : ports) {
    lets_in.turn = options.TurnTcpPort() != 0;
    lets_in.turn_tls = options.TurnTlsPort() != 0;
  }
  if (options.tcp_proxy_port != 0) {
    ports[options.tcp_proxy_port] = {.turn = true,
                                     .turn_tls = options.TurnTlsPort() != 0,
                                     .https = options.WebHttpsPort() != 0,
                                     .behind_proxy = true};
  }
  if (options.WebHttpPort() != 0) ports[options.WebHttpPort()].redirect = true;
  return ports;
}

std::string ToText(const LetsIn& lets_in) {
  std::vector<std::string_view> names;
  if (lets_in.turn) names.push_back("TURN over TCP");
  if (lets_in.turn_tls) names.push_back("TURN over TLS");
  if (lets_in.https) names.push_back("HTTPS");
  if (lets_in.redirect) names.push_back("HTTP");
  return absl::StrCat(absl::StrJoin(names, ", "),
                      lets_in.behind_proxy ? ", behind the PROXY protocol" : "");
}

web::WebOptions WebOptionsOf(const CurrentSettings& settings, const RelayServer& relay) {
  const auto at_start = settings.Get();
  const ServerOptions& options = at_start->options;
  web::WebOptions web;
  web.redirect_port = options.WebHttpsPort();
  web.acme_redirect = options.acme_redirect;
  web.roots = options.web_roots;
  web.log = WriteTcpLog;
  web.ice_servers = [&settings](const web::RequestInfo& request) {
    const auto current = settings.Get();
    return IceServersJson(current->options, current->config, request.host, WallNow());
  };
  if (options.web_stats) {
    web.stats = [&relay, start = Now()](const web::RequestInfo&) {
      const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(Now() - start);
      return StatsJson(relay.Sum(), static_cast<uint64_t>(uptime.count()));
    };
  }
  return web;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TcpSide>> TcpSide::Start(const CurrentSettings& settings,
                                                        const Machine& machine,
                                                        const CertificateFiles& certificate,
                                                        RelayServer& relay, MediaPeerSide& media,
                                                        std::function<bool()> ready) {
  auto side = std::make_unique<TcpSide>();
  const auto at_start = settings.Get();
  const ServerOptions& options = at_start->options;
  const std::map<uint16_t, LetsIn> ports = TcpPorts(options);
  if (ports.empty()) return side;

  DoorOptions door_options;
  door_options.log = WriteTcpLog;
  for (const auto& [port, lets_in] : ports) {
    for (const net::Endpoint& endpoint : ListenEndpoints(options, machine)) {
      door_options.endpoints.push_back({{endpoint.address.ToString(), port}, lets_in});
    }
    LOG(INFO) << "listening on TCP port " << port << ": " << ToText(lets_in);
  }
  if (options.TurnTcpPort() != 0) {
    for (const net::Endpoint& aux : options.aux_servers) {
      door_options.endpoints.push_back({{aux.address.ToString(), aux.port},
                                        {.turn = true, .turn_tls = options.TurnTlsPort() != 0}});
      LOG(INFO) << "listening on TCP " << aux.ToString() << ": TURN";
    }
  }
  if (options.TurnTlsPort() == 0 && !options.no_tls) {
    LOG(INFO) << "no TURN over TLS (turns:), which needs a certificate: cert and pkey";
  }
  door_options.proxies = options.tcp_proxy_sources;
  door_options.certificate_file = certificate.certificate;
  door_options.key_file = certificate.key;
  door_options.key_password = certificate.key_password;
  door_options.client_ca_file = certificate.client_ca_file;
  door_options.only_tls13 = certificate.only_tls13;
  door_options.device = options.listening_device;
  door_options.acme_redirect = options.acme_redirect;
  auto door = Door::Open(std::move(door_options));
  if (!door.ok()) return door.status();
  side->door_ = *std::move(door);

  DoorHandlers handlers;
  handlers.turn = [&relay](StreamConnection connection) { relay.Adopt(std::move(connection)); };
  if (options.WebHttpsPort() != 0) {
    web::WebOptions web_options = WebOptionsOf(settings, relay);
    web_options.ready = std::move(ready);
    if (media.is_on()) {
      web_options.media_peer = [&media](web::PeerLetter letter) { media.Tell(std::move(letter)); };
    }
    auto web = web::WebServer::Make(std::move(web_options), *side->door_);
    if (!web.ok()) return web.status();
    side->web_ = *std::move(web);
    side->web_->Attach(handlers);
  }
  side->door_->Start(std::move(handlers));
  return side;
}

absl::Status TcpSide::ReloadCertificate() {
  return door_ ? door_->ReloadCertificate() : absl::OkStatus();
}

void TcpSide::SignalFromPeer(const std::string& page, std::string_view json) {
  if (web_) web_->SignalFromPeer(page, json);
}

void TcpSide::Stop() {
  if (door_) door_->StopListening();
  if (web_) web_->Stop();
  if (door_) door_->Stop();
}

}  // namespace koeru::server
