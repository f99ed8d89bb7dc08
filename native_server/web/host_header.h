// The Host header, and origins made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::server::web {

struct HostPort {
  std::string host;              // lower case; an IPv6 address without its brackets
  std::optional<uint16_t> port;  // as given
  bool is_v6 = false;

  // "relay.example.org", "[fd00::7]"
  std::string HostForUrl() const;
  // "relay.example.org:8443"; the port is left out where it is 443.
  std::string AuthorityForHttps(uint16_t port_if_missing) const;
};

// RFC 9110 §7.2, strict: a DNS name, an IPv4 address or an IPv6 address in brackets, then perhaps a
// port. No user, no percent, no white space, so the result may be put into a header or an URL.
std::optional<HostPort> ParseHost(std::string_view text);

// RFC 6454 §7, for a WebSocket or a request that carries Origin: true if `origin` is the https
// origin of the page's own `host` (as the Host header gave it), or stands in `allowed`.
bool IsOriginAllowed(std::string_view origin, const HostPort& host,
                     const std::vector<std::string>& allowed);

}  // namespace koeru::server::web
