#pragma once

// Everything that an operator can choose, as plain values. Filled through the option table
// (option_table.h) from turnserver.conf and the command line; see load_options.h.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/relay/config.h"
#include "native_server/alternates/alternate_choice.h"
#include "native_server/users/database.h"

namespace koeru::server {

// external-ip=public, or public/private.
struct ExternalIp {
  net::Address advertised;
  std::optional<net::Address> local;
  std::string origin;  // for messages: where it was written
};

enum class LogLevel : uint8_t { kDebug, kInfo, kWarning, kError };

struct ServerOptions {
  // Where clients reach the relay.
  std::vector<net::Address> listening_ips;  // none: all addresses of the machine
  std::string listening_device;             // SO_BINDTODEVICE; empty: any
  std::vector<net::Endpoint> aux_servers;   // more of them, where nobody is sent elsewhere
  uint16_t listening_port = 3478;
  uint16_t tls_listening_port = 5349;
  uint16_t alt_listening_port = 0, alt_tls_listening_port = 0;  // 0: one above
  uint16_t tcp_proxy_port = 0;                                  // 0: none
  std::vector<net::Prefix> tcp_proxy_sources;
  bool no_udp = false;
  bool no_tcp = false, no_tls = false, no_dtls = false;
  bool no_udp_relay = false, no_tcp_relay = false;

  // Relayed transport addresses.
  std::vector<net::Address> relay_ips;
  std::string relay_device;  // as listening_device
  relay::DefaultFamily default_family = relay::DefaultFamily::kIpv4;
  std::vector<ExternalIp> external_ips;
  uint16_t min_port = 49152;
  uint16_t max_port = 65535;

  // Who may use it.
  std::string realm;
  std::vector<relay::User> users;
  bool use_auth_secret = false;
  std::vector<std::string> static_auth_secrets;
  std::string rest_api_separator = ":";
  std::vector<std::string> jwt_secrets;
  bool lt_cred_mech = false;
  bool oauth = false;
  std::string server_name;  // of access tokens; empty: the realm
  bool no_auth = false;
  uint32_t stale_nonce_s = 600;
  std::string nonce_secret;  // the same on several servers; empty: a random one
  bool secure_stun = false;
  Database user_database;
  std::string auth_hook, auth_hook_token, auth_hook_ca_file;  // an URL; empty: none
  uint32_t auth_hook_timeout_ms = 2000;
  bool no_auth_pings = false, no_dynamic_realms = false, no_dynamic_ip_list = false;
  uint32_t userdb_refresh_s = 5;
  bool check_origin_consistency = false;

  // Which peers.
  std::vector<relay::AddressRange> allowed_peers;
  std::vector<relay::AddressRange> denied_peers;
  bool allow_loopback_peers = false;

  // Limits.
  uint32_t user_quota = 0;
  uint32_t total_quota = 0;
  uint32_t max_bps = 0;       // bytes per second of an allocation, each direction
  uint32_t user_max_bps = 0;  // the same of all allocations of a user
  uint32_t bps_capacity = 0;  // of all allocations: each reserves max_bps
  uint32_t max_allocate_timeout_s = 60;
  uint32_t max_allocate_lifetime_s = 3600;
  uint32_t channel_lifetime_s = 600;
  uint32_t permission_lifetime_s = 300;
  uint32_t amplification_bytes_per_second = 64 * 1024;

  // Protocol.
  bool stun_only = false, no_stun = false;
  bool rfc5766_channel_numbers = false;
  bool software_attribute = false;
  bool stun_backward_compatibility = false;
  bool rfc3489_compatibility = false;
  bool mobility = false;
  bool rfc5780 = false;

  // Other servers to send clients to.
  std::vector<net::Endpoint> alternate_servers;  // over UDP and TCP, unless they have their own
  std::vector<net::Endpoint> udp_alternate_servers;
  std::vector<net::Endpoint> tcp_alternate_servers;
  std::vector<net::Endpoint> tls_alternate_servers;  // over TLS and DTLS
  std::string alternate_domain;
  std::vector<WatchedServer> alternate_loads;
  std::string alternate_token;
  uint32_t alternates_above = 0;  // allocations here

  // Threads and sockets.
  std::optional<uint32_t> relay_threads;
  std::optional<uint32_t> cpus;
  uint32_t sock_buf_bytes = 0;  // 0: ours for listening sockets, the kernel's for relay sockets

  // The web side.
  bool no_web = false;
  bool web_stats = false;
  std::optional<uint16_t> https_port;  // none: no web side, except in a demo
  std::optional<uint16_t> http_port;
  std::vector<std::string> web_roots;
  std::string cert;
  std::string pkey;
  std::string pkey_password;
  std::string ca_file;  // clients must have a certificate of these authorities; empty: need none
  bool no_tls12 = false;
  std::string acme_redirect;

  // The media peer.
  bool media_peer = false;
  bool no_media_peer = false;
  bool media_peer_ice_lite = false;
  uint32_t media_peer_calls = 64;
  uint32_t media_peer_calls_of_user = 0;  // 0: as many as there are
  uint32_t media_peer_time_s = 600;
  uint32_t media_peer_max_bps = 1'000'000;  // bytes; 0: unlimited

  // Metrics.
  bool prometheus = false;
  uint16_t prometheus_port = 9641;
  std::optional<net::Address> prometheus_address;  // none: 127.0.0.1
  std::string prometheus_path = "/metrics";
  bool prometheus_tls = false;
  std::string prometheus_cert, prometheus_key;  // empty: cert and pkey
  std::string prometheus_token;                 // empty: everybody who gets there

  // Administration.
  std::string admin_socket;  // path of a Unix socket; empty: none
  bool web_admin = false;
  std::optional<net::Address> web_admin_ip;  // none: 127.0.0.1
  uint16_t web_admin_port = 8080;
  std::vector<std::string> web_admin_users;  // name:password, or name:$5$... of `koeru admin`

  // Log and process.
  std::string log_file;  // empty: standard output; a path, "stdout" or "-"
  bool simple_log = false;
  bool syslog = false;
  std::string syslog_facility = "daemon";
  bool no_stdout_log = false;
  LogLevel log_min_level = LogLevel::kInfo;
  bool log_as_json = false;
  bool verbose = false;
  bool extra_verbose = false;
  bool daemon = false;
  std::string pidfile;
  uint32_t drain_timeout_s = 0;
  uint32_t drain_min_allocations = 0;
  std::string proc_user;
  std::string proc_group;
  std::string state_dir;
  bool demo = false;

  // RFC 5780: the second port of both addresses.
  uint16_t AltListeningPort() const {
    return alt_listening_port != 0 ? alt_listening_port : static_cast<uint16_t>(listening_port + 1);
  }
  uint16_t AltTlsListeningPort() const {
    return alt_tls_listening_port != 0 ? alt_tls_listening_port
                                       : static_cast<uint16_t>(tls_listening_port + 1);
  }

  // TURN over TCP, TLS and DTLS; 0: not served. TLS and DTLS need a certificate, which a demo makes
  // itself.
  uint16_t TurnTcpPort() const { return no_tcp ? uint16_t{0} : listening_port; }
  uint16_t TurnTlsPort() const {
    return no_tls || (cert.empty() && !demo) ? uint16_t{0} : tls_listening_port;
  }
  uint16_t TurnDtlsPort() const {
    return no_dtls || (cert.empty() && !demo) ? uint16_t{0} : tls_listening_port;
  }

  // Allocations in total: total-quota, or as many as bps-capacity has room for. 0: unlimited.
  uint32_t AllocationsInTotal() const {
    if (bps_capacity == 0 || max_bps == 0) return total_quota;
    const uint32_t fitting = bps_capacity / max_bps;
    return total_quota == 0 ? fitting : std::min(total_quota, fitting);
  }

  // It is reached by UDP, and called through the room server.
  bool HasMediaPeer() const {
    return (media_peer || demo) && !no_media_peer && !no_udp && WebHttpsPort() != 0;
  }

  static constexpr uint16_t kDemoHttpsPort = 8443;
  static constexpr uint16_t kDemoHttpPort = 8080;
  // The web side is there when a port is given for it, and in a demo. Ports that are 0: none.
  uint16_t WebHttpsPort() const {
    return no_web ? uint16_t{0} : https_port.value_or(demo ? kDemoHttpsPort : uint16_t{0});
  }
  uint16_t WebHttpPort() const {
    return WebHttpsPort() == 0 ? uint16_t{0}
                               : http_port.value_or(demo ? kDemoHttpPort : uint16_t{0});
  }
};

}  // namespace koeru::server
