#pragma once

// An address prefix in CIDR notation (RFC 4632, RFC 4291 section 2.3): 10.0.0.0/8, fc00::/7.

#include "core/net/address.h"

namespace koeru::net {

struct Prefix {
  Address address;
  uint8_t length = 0;  // bits, at most 32 or 128

  // "10.0.0.0/8", or an address alone for a prefix of that one address. Bits set behind the
  // prefix are an error: they are a typing mistake more often than not.
  static Result<Prefix> Parse(std::string_view text);

  bool Contains(const Address& other) const;
  std::string ToString() const;

  friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;
};

}  // namespace koeru::net
