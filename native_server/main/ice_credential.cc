#include "native_server/main/ice_credential.h"

#include "core/relay/shared_secret.h"
#include "native_server/web/ice_servers.h"

namespace koeru::server {

std::string IceServersJson(const ServerOptions& options, const relay::RelayConfig& config,
                           const std::string& host, net::UnixTime now) {
  web::IceServersReply reply;
  reply.host = host;
  reply.udp_port = options.no_udp ? uint16_t{0} : options.listening_port;
  reply.tcp_port = options.TurnTcpPort();
  // Browsers refuse a certificate that they do not know, and for turns: they ask nobody.
  reply.tls_port = options.cert.empty() ? uint16_t{0} : options.TurnTlsPort();
  if (!config.shared_secrets.empty()) {
    const relay::MintedCredential minted =
        relay::MintCredential(config.shared_secrets.front(), "koeru",
                              {now.seconds + kCredentialLifetime_s}, config.rest_api_separator);
    reply.username = minted.username;
    reply.credential = minted.password;
    reply.ttl_s = kCredentialLifetime_s;
  }
  return web::BuildIceServersJson(reply);
}

}  // namespace koeru::server
