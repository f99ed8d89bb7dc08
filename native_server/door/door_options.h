// DoorOptions: where TCP connections come in, and the limits of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/net/prefix.h"

namespace koeru::server {

enum class Severity { kDebug, kInfo, kWarning, kError };

// Text that came from outside is escaped before it gets here. One line, without an end of line and
// without a prefix that says where it comes from. Called on any thread.
using LogFunction = std::function<void(Severity, std::string_view)>;

struct ListenEndpoint {
  std::string address{};  // IPv4 or IPv6 in text form, without brackets
  uint16_t port = 0;      // 0: any free port (see Door::ports)
};

// What a port lets in. Several at once are told apart by their first bytes.
struct LetsIn {
  bool turn = false;      // STUN and TURN without TLS
  bool turn_tls = false;  // the same inside TLS: RFC 8656 section 3.1
  bool https = false;     // and plain HTTP, which is answered with the way to https
  bool redirect = false;  // plain HTTP only
  // Each connection begins with a header of the PROXY protocol (proxy_header.h), which is believed:
  // only DoorOptions::proxies get in.
  bool behind_proxy = false;
};

struct DoorEndpoint {
  ListenEndpoint where{};
  LetsIn lets_in{};
};

// Every table and every wait has a limit. What happens at the limit stands behind it.
struct DoorLimits {
  size_t connections = 8192;               // further ones are closed at once
  size_t connections_per_source = 1024;    // the same: a company behind one NAT is one source
  size_t half_open = 256;                  // handshakes not finished; nobody is let in meanwhile
  size_t half_open_per_source = 32;        // further ones are closed
  double connects_per_source_burst = 200;  // further ones are closed at once
  double connects_per_source_per_s = 20;
  std::chrono::milliseconds handshake_time{10'000};  // closed: TLS and the first bytes inside
};

struct DoorOptions {
  std::vector<DoorEndpoint> endpoints{};
  // PEM. Needed when an endpoint lets in TURN over TLS or HTTPS.
  std::string certificate_file{};
  std::string key_file{};
  std::string key_password{};    // empty: the key has none
  std::string client_ca_file{};  // PEM: clients must show a certificate of these; empty: need none
  bool only_tls13 = false;
  std::string device{};  // SO_BINDTODEVICE; empty: any
  LogFunction log{};
  std::string acme_redirect{};  // see AcmeLocation; empty: nowhere
  unsigned threads = 1;
  std::vector<net::Prefix> proxies{};
  DoorLimits limits{};
};

}  // namespace koeru::server
