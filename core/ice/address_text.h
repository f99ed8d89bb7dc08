#pragma once

// What stands where ICE names a host: RFC 8839 section 5.1 "connection-address" (an IPv4 address,
// an IPv6 address, a domain name), an IPv6 address with a zone (RFC 4007 section 11), and the
// ".local" names behind which browsers hide host addresses.
//
//   Result<HostText> host = HostText::Parse("fe80::1%eth0");
//   host->kind;       // HostKind::kIpv6
//   host->zone;       // "eth0"
//   *host->address;   // net::Address fe80::1
//
// `text` and `zone` are views into what was given to Parse().

#include <optional>
#include <string_view>

#include "core/bytes/result.h"
#include "core/net/address.h"

namespace koeru::ice {

enum class HostKind : uint8_t { kIpv4, kIpv6, kName, kMdns };

// "ipv4", "ipv6", "name", "mdns".
std::string_view HostKindName(HostKind kind);

struct HostText {
  std::string_view text;  // as written, zone included, brackets not
  HostKind kind = HostKind::kName;
  std::string_view zone;                // what follows '%', or empty
  std::optional<net::Address> address;  // when it is one

  static Result<HostText> Parse(std::string_view text);
};

}  // namespace koeru::ice
