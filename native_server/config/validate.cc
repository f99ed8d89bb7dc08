#include <net/if.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "native_server/config/load_options.h"
#include "native_server/config/nat_discovery.h"

namespace koeru::server {
namespace {

absl::Status Bad(std::string_view message) { return absl::InvalidArgumentError(message); }

bool HasCredentials(const ServerOptions& o) {
  return !o.users.empty() || !o.static_auth_secrets.empty() || o.lt_cred_mech ||
         o.use_auth_secret || !o.jwt_secrets.empty() || !o.auth_hook.empty() || o.oauth;
}

absl::Status ValidateCredentials(ServerOptions& o) {
  if (o.no_auth && HasCredentials(o)) {
    return Bad(
        "no-auth contradicts user, static-auth-secret, jwt-secret, lt-cred-mech, use-auth-secret "
        "and oauth: keep either no-auth or the credentials");
  }
  const bool has_database = o.user_database.is_given();
  if (has_database && !HasCredentials(o)) {
    return Bad(
        "a database of users (userdb, psql-userdb, redis-userdb) needs lt-cred-mech, for "
        "users with passwords, use-auth-secret, for shared secrets, or oauth, for access tokens: "
        "write one of them");
  }
  if (o.oauth && !has_database) {
    return Bad(
        "oauth needs a database with the keys of its authorization servers: write userdb=..., "
        "psql-userdb=... or redis-userdb=..., and put keys into it with koeru oauth-key add");
  }
  if (!o.server_name.empty() && !o.oauth) {
    return Bad("server-name is the name in access tokens: write oauth, too, or leave it out");
  }
  if (o.use_auth_secret && o.static_auth_secrets.empty() && !has_database) {
    return Bad(
        "use-auth-secret needs a secret: write static-auth-secret=... into the "
        "configuration file");
  }
  if (!o.auth_hook.empty() && has_database && o.lt_cred_mech) {
    return Bad(
        "auth-hook and a database of users (userdb, psql-userdb, redis-userdb) both say who "
        "a user is: keep one of them");
  }
  if (o.lt_cred_mech && o.users.empty() && o.static_auth_secrets.empty() && o.jwt_secrets.empty() &&
      !has_database && o.auth_hook.empty()) {
    return Bad(
        "lt-cred-mech needs users: write user=name:password into the configuration file, or "
        "a database (userdb=...)");
  }
  if (o.secure_stun && o.no_auth) {
    return Bad("secure-stun contradicts no-auth: leave one of them out");
  }
  if (o.stun_only && o.no_stun) {
    return Bad("stun-only and no-stun leave nothing to serve: leave one of them out");
  }
  const bool needs_credentials = !o.stun_only || o.secure_stun;
  if (needs_credentials && !o.no_auth && !HasCredentials(o) && !o.demo) {
    return Bad(
        "nobody could use this relay, because no credentials are given, and open to "
        "everybody it does not start: write static-auth-secret=... or user=name:password "
        "into a file and start with -c FILE; for a first try start with --demo; on a closed "
        "network start with --no-auth");
  }
  for (const relay::User& user : o.users) {
    if (!user.long_term_key.empty() && o.realm.empty()) {
      return Bad(
          "user with a key (name:0x...) needs realm: the key is "
          "MD5(name:realm:password), so write the realm it was made with");
    }
  }
  if (o.rest_api_separator.size() != 1) {
    return Bad("rest-api-separator: write one character");
  }
  o.use_auth_secret = o.use_auth_secret || !o.static_auth_secrets.empty();
  o.lt_cred_mech = o.lt_cred_mech || !o.users.empty() || !o.auth_hook.empty();
  return absl::OkStatus();
}

absl::Status ValidateAddresses(const ServerOptions& o) {
  if (o.no_udp && o.TurnTcpPort() == 0 && o.TurnTlsPort() == 0 && o.TurnDtlsPort() == 0) {
    return Bad(
        "nobody could reach this relay: leave out one of no-udp, no-tcp, no-tls and no-dtls "
        "(TLS and DTLS need cert and pkey)");
  }
  if (o.no_udp_relay && o.no_tcp_relay) {
    return Bad("nothing would be relayed: leave out no-udp-relay or no-tcp-relay");
  }
  if (o.tcp_proxy_port != 0 && o.tcp_proxy_sources.empty()) {
    return Bad(
        "tcp-proxy-port believes what a load balancer says about its clients: write "
        "tcp-proxy-source=... with its address, too");
  }
  for (const uint16_t port :
       {o.TurnTcpPort(), o.TurnTlsPort(), o.WebHttpsPort(), o.WebHttpPort()}) {
    if (port != 0 && port == o.tcp_proxy_port) {
      return Bad(absl::StrCat("tcp-proxy-port ", port,
                              " is a port without the PROXY protocol as "
                              "well: choose another one"));
    }
  }
  if (o.bps_capacity != 0 && o.max_bps == 0) {
    return Bad("bps-capacity needs max-bps: it is shared out in pieces of max-bps, so write both");
  }
  if (o.bps_capacity != 0 && o.bps_capacity < o.max_bps) {
    return Bad(absl::StrCat("bps-capacity ", o.bps_capacity, " is below max-bps ", o.max_bps,
                            ": there would be no room for a single allocation"));
  }
  for (const std::string* device : {&o.listening_device, &o.relay_device}) {
    if (!device->empty() && ::if_nametoindex(device->c_str()) == 0) {
      return Bad(absl::StrCat(
          device == &o.listening_device ? "listening-device=" : "relay-device=", *device,
          ": this machine has no such network interface; ip link "
          "shows those that it has"));
    }
  }
  if (o.min_port > o.max_port) {
    return Bad(
        absl::StrCat("min-port ", o.min_port, " is above max-port ", o.max_port, ": swap them"));
  }
  for (const net::Address& address : o.relay_ips) {
    if (address.IsUnspecified()) {
      return Bad(absl::StrCat("relay-ip=", address.ToString(),
                              " is no address that a peer could send to: write one of this "
                              "machine's addresses"));
    }
  }
  return absl::OkStatus();
}

absl::Status ValidateAlternates(const ServerOptions& o) {
  const auto all = {&o.alternate_servers, &o.udp_alternate_servers, &o.tcp_alternate_servers,
                    &o.tls_alternate_servers};
  const bool any = std::any_of(all.begin(), all.end(), [](const auto* l) { return !l->empty(); });
  if (o.alternates_above != 0 && !any) {
    return Bad("alternate-server-above needs alternate-server: write where clients are to go");
  }
  if (!o.alternate_token.empty() && o.alternate_loads.empty()) {
    return Bad("alternate-server-token belongs to alternate-server-load: write both, or neither");
  }
  for (const WatchedServer& watched : o.alternate_loads) {
    const bool is_listed = std::any_of(all.begin(), all.end(), [&](const auto* list) {
      return std::any_of(list->begin(), list->end(), [&](const net::Endpoint& server) {
        return server.address == watched.address;
      });
    });
    if (!is_listed) {
      return Bad(absl::StrCat("alternate-server-load=", watched.address.ToString(), ",",
                              watched.url,
                              ": no alternate server has that address; write "
                              "alternate-server=",
                              watched.address.ToString(), ", too"));
    }
  }
  return absl::OkStatus();
}

absl::Status ValidateWeb(const ServerOptions& o, std::vector<std::string>& warnings) {
  if (o.cert.empty() != o.pkey.empty()) {
    return Bad(absl::StrCat(o.cert.empty() ? "pkey needs cert" : "cert needs pkey",
                            ": write both, certificate chain and private key"));
  }
  if (!o.pkey_password.empty() && o.pkey.empty()) {
    return Bad("pkey-pwd needs pkey: write the file that it opens");
  }
  if (o.daemon && o.demo) return Bad("daemon contradicts demo: leave one of them out");
  if (o.daemon && o.log_file.empty() && !o.syslog) {
    warnings.push_back(
        "daemon: nobody would read the log, because standard output is closed: write log-file=... "
        "or syslog");
  }
  const uint16_t https = o.WebHttpsPort();
  if (https != 0 && https == o.WebHttpPort()) {
    return Bad(
        absl::StrCat("https-port and http-port are both ", https, ": choose two different ports"));
  }
  if (https != 0 && o.cert.empty() && !o.demo) {
    return Bad(
        "https-port needs a certificate: write cert=... and pkey=..., or start with demo, "
        "which makes one itself");
  }
  if (https == 0 && o.TurnTlsPort() == 0 && o.TurnDtlsPort() == 0 && !o.cert.empty() &&
      !o.prometheus_tls && !o.web_admin) {
    warnings.push_back(
        "cert and pkey are not used: leave no-tls or no-dtls out, or write https-port=...");
  }
  const uint16_t http = o.WebHttpPort();
  if (http != 0 && (http == o.TurnTcpPort() || http == o.TurnTlsPort())) {
    return Bad(absl::StrCat("http-port ", http, " is a port for TURN as well: choose another one"));
  }
  if (o.no_web && o.demo) return Bad("no-web contradicts demo: leave one of them out");
  return absl::OkStatus();
}

// THREATS.md: metrics "always need a credential when not" on loopback.
absl::Status ValidateMetrics(const ServerOptions& o) {
  if (o.prometheus_cert.empty() != o.prometheus_key.empty()) {
    return Bad("prometheus-cert and prometheus-key belong together: write both, or neither");
  }
  if (o.prometheus_tls && o.prometheus_cert.empty() && o.cert.empty()) {
    return Bad(
        "prometheus-tls needs a certificate: write prometheus-cert and prometheus-key, or cert and "
        "pkey");
  }
  if (!o.prometheus || !o.prometheus_address || o.prometheus_address->IsLoopback()) {
    return absl::OkStatus();
  }
  if (!o.prometheus_token.empty()) return absl::OkStatus();
  return Bad(absl::StrCat("prometheus-address=", o.prometheus_address->ToString(),
                          " shows the metrics to everybody who reaches it: write "
                          "prometheus-token=... too, or leave prometheus-address out"));
}

absl::Status ValidateAdmin(const ServerOptions& o) {
  if (!o.web_admin) return absl::OkStatus();
  if (o.cert.empty() && !o.demo) {
    return Bad(
        "web-admin needs a certificate, because passwords go over it: write cert=... and "
        "pkey=..., or use admin-socket=PATH and `koeru top` instead");
  }
  if (o.web_admin_users.empty() && !o.user_database.is_given()) {
    return Bad(
        "web-admin needs somebody who may sign in: write web-admin-user=name:password, or a "
        "database (userdb=...) with administrators (koeru admin add)");
  }
  for (const uint16_t port :
       {o.WebHttpsPort(), o.WebHttpPort(), o.TurnTcpPort(), o.TurnTlsPort()}) {
    if (port == o.web_admin_port) {
      return Bad(absl::StrCat("web-admin-port ", port,
                              " is a port for others as well: choose "
                              "another one"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<absl::Status> FindContradictions(LoadedOptions& loaded) {
  std::vector<absl::Status> found = {ValidateAddresses(loaded.options),
                                     ValidateAlternates(loaded.options),
                                     ValidateCredentials(loaded.options),
                                     ValidateWeb(loaded.options, loaded.warnings),
                                     ValidateMetrics(loaded.options),
                                     ValidateAdmin(loaded.options),
                                     ValidateDiscovery(loaded)};
  std::erase_if(found, [](const absl::Status& status) { return status.ok(); });
  return found;
}

absl::Status ValidateOptions(LoadedOptions& loaded) {
  const std::vector<absl::Status> found = FindContradictions(loaded);
  return found.empty() ? absl::OkStatus() : found.front();
}

}  // namespace koeru::server
