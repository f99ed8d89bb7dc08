#pragma once

// The address ranges that no peer may be in unless the operator says so: a relay is a proxy into
// the network it stands in, so everything that is not a public unicast address is closed.
//
// The list is IANA's "IPv4/IPv6 Special-Purpose Address Registries" (RFC 6890), multicast and what
// RFC 1112 reserves. A test compares it with the list in the project's threat model.

#include <span>
#include <string_view>

#include "core/net/prefix.h"

namespace koeru::relay {

// What opens a range, besides an allowed range that the operator wrote.
enum class OpenedBy : uint8_t {
  kNothing,        // no peer of real media lives there
  kAllowLoopback,  // allow-loopback-peers
  kAllowPrivate,   // demo mode: networks in which people try things
};

struct SpecialRange {
  net::Prefix prefix;
  std::string_view name;  // for the log: "private network (RFC 1918)"
  OpenedBy opened_by;
};

std::span<const SpecialRange> SpecialRanges();

// The narrowest special range that holds the address, or null for a public unicast address.
const SpecialRange* FindSpecialRange(const net::Address& address);

}  // namespace koeru::relay
