#include "native_server/main/web_side.h"

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"
#include "native_server/log/log.h"
#include "native_server/main/ice_credential.h"
#include "native_server/main/stats_json.h"
#include "native_server/tls/self_signed.h"

namespace koeru::server {
namespace {

absl::Status ChooseCertificate(const ServerOptions& options, const Machine& machine,
                               web::WebOptions& web) {
  web.certificate_file = options.cert;
  web.key_file = options.pkey;
  if (!options.cert.empty()) return absl::OkStatus();
  SelfSignedOptions self_signed;
  self_signed.directory = options.state_dir;
  self_signed.now = static_cast<std::time_t>(WallNow().seconds);
  for (const net::Address& address : machine.addresses) {
    self_signed.addresses.push_back(address.ToString());
  }
  const auto certificate = EnsureSelfSigned(self_signed);
  if (!certificate.ok()) return certificate.status();
  LOG(INFO) << certificate->report;
  web.certificate_file = certificate->certificate_file;
  web.key_file = certificate->key_file;
  return absl::OkStatus();
}

void Listen(const ServerOptions& options, const Machine& machine, web::WebOptions& web) {
  for (const net::Endpoint& endpoint : ListenEndpoints(options, machine)) {
    const std::string address = endpoint.address.ToString();
    web.https.push_back({address, options.WebHttpsPort()});
    if (options.WebHttpPort() != 0) web.redirect.push_back({address, options.WebHttpPort()});
  }
}

void WriteLog(web::Severity severity, std::string_view text) {
  switch (severity) {
    case web::Severity::kDebug:
      KOERU_LOG_DEBUG << "web: " << text;
      break;
    case web::Severity::kInfo:
      LOG(INFO) << "web: " << text;
      break;
    case web::Severity::kWarning:
      LOG(WARNING) << "web: " << text;
      break;
    case web::Severity::kError:
      LOG(ERROR) << "web: " << text;
      break;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<WebSide>> WebSide::Start(const ServerOptions& options,
                                                        const relay::RelayConfig& config,
                                                        const Machine& machine,
                                                        const RelayServer& relay) {
  auto side = std::make_unique<WebSide>();
  if (options.WebHttpsPort() == 0) return side;
  web::WebOptions web;
  if (absl::Status status = ChooseCertificate(options, machine, web); !status.ok()) return status;
  Listen(options, machine, web);
  web.roots = options.web_roots;
  web.log = WriteLog;
  web.ice_servers = [&options, &config](const web::RequestInfo& request) {
    return IceServersJson(options, config, request.host, WallNow());
  };
  if (options.web_stats) {
    web.stats = [&relay, start = Now()](const web::RequestInfo&) {
      const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(Now() - start);
      return StatsJson(relay.Sum(), static_cast<uint64_t>(uptime.count()));
    };
  }
  auto server = web::WebServer::Start(std::move(web));
  if (!server.ok()) return server.status();
  side->server_ = *std::move(server);
  return side;
}

void WebSide::Stop() {
  if (server_) server_->Stop();
}

}  // namespace koeru::server
