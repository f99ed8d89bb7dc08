#pragma once

// IPv4 addresses that hide in IPv6 ones. A packet to `::ffff:127.0.0.1` or `64:ff9b::10.0.0.1`
// ends at the IPv4 address, so that is what must be judged (CVE-2020-26262, CVE-2026-27624).

#include <array>

#include "core/net/address.h"

namespace koeru::relay {

struct EmbeddedAddresses {
  std::array<net::Address, 2> addresses;
  size_t count = 0;

  const net::Address* begin() const { return addresses.data(); }
  const net::Address* end() const { return addresses.data() + count; }
};

// IPv4-mapped and IPv4-compatible (RFC 4291 section 2.5.5), NAT64 (RFC 6052 section 2.1), 6to4
// (RFC 3056 section 2), Teredo's server and client (RFC 4380 section 4), ISATAP (RFC 5214 section
// 6.1). Empty for other addresses, IPv4 among them.
EmbeddedAddresses FindEmbedded(const net::Address& address);

}  // namespace koeru::relay
