#include "core/stun/address_value.h"

#include <algorithm>
#include <array>

namespace koeru::stun {
namespace {

// RFC 8489 section 14.2: the port is masked with the cookie's upper half, an IPv4 address with the
// cookie, an IPv6 address with the cookie and the transaction ID behind it.
constexpr uint16_t kPortMask = kMagicCookie >> 16;

net::Address Masked(const net::Address& address, const TransactionId& id) {
  std::array<uint8_t, 16> mask;
  Writer w(mask);
  w.U32(kMagicCookie);
  w.Put(id);
  const Bytes plain = address.bytes();
  std::array<uint8_t, 16> masked{};
  for (size_t i = 0; i < plain.size(); ++i) masked[i] = static_cast<uint8_t>(plain[i] ^ mask[i]);
  return net::Address::FromBytes(Bytes(masked).first(plain.size()));
}

}  // namespace

Result<net::Endpoint> DecodeAddress(Bytes value) {
  Reader r(value);
  r.U8();  // "MUST be set to 0 and MUST be ignored by receivers"
  const uint8_t family = r.U8();
  const uint16_t port = r.U16();
  if (!r.ok()) return ParseError{"an address is 8 bytes long (IPv4) or 20 (IPv6)", 0};
  size_t size = 0;
  if (family == static_cast<uint8_t>(AddressFamily::kIpv4)) size = 4;
  if (family == static_cast<uint8_t>(AddressFamily::kIpv6)) size = 16;
  if (size == 0) return ParseError{"the address family is neither 1 (IPv4) nor 2 (IPv6)", 1};
  if (r.remaining() != size) {
    return ParseError{size == 4 ? std::string_view("an IPv4 address attribute is 8 bytes long")
                                : std::string_view("an IPv6 address attribute is 20 bytes long"),
                      4};
  }
  return net::Endpoint{net::Address::FromBytes(r.Rest()), port};
}

void EncodeAddress(Writer& w, const net::Endpoint& endpoint) {
  w.U8(0);
  w.U8(static_cast<uint8_t>(ToAddressFamily(endpoint.address.family())));
  w.U16(endpoint.port);
  w.Put(endpoint.address.bytes());
}

Result<net::Endpoint> DecodeXorAddress(Bytes value, const TransactionId& id) {
  Result<net::Endpoint> masked = DecodeAddress(value);
  if (!masked.ok()) return masked;
  return net::Endpoint{Masked(masked->address, id),
                       static_cast<uint16_t>(masked->port ^ kPortMask)};
}

void EncodeXorAddress(Writer& w, const net::Endpoint& endpoint, const TransactionId& id) {
  EncodeAddress(w,
                {Masked(endpoint.address, id), static_cast<uint16_t>(endpoint.port ^ kPortMask)});
}

}  // namespace koeru::stun
