#pragma once

// The two ways STUN writes a transport address, shared by all attributes that hold one.
//
// Plain (MAPPED-ADDRESS, RFC 8489 section 14.1); in the XOR form (section 14.2) port and address
// are masked, so that NATs that rewrite addresses they find in payloads leave them alone:
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |0 0 0 0 0 0 0 0|    Family     |             Port              |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                Address (32 bits or 128 bits)                  |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
//   struct XorMappedAddress {
//     net::Endpoint endpoint;
//     static Result<XorMappedAddress> Decode(Bytes value, const TransactionId& id) {
//       return DecodeXorAddressAs<XorMappedAddress>(value, id);
//     }
//   ...

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/net/address.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

// The family byte of STUN and TURN attributes. Other values are legal on the wire: a server
// answers them with 440 (RFC 8656 section 7.2).
enum class AddressFamily : uint8_t { kIpv4 = 0x01, kIpv6 = 0x02 };

constexpr AddressFamily ToAddressFamily(net::Family family) {
  return family == net::Family::kIpv4 ? AddressFamily::kIpv4 : AddressFamily::kIpv6;
}

Result<net::Endpoint> DecodeAddress(Bytes value);
void EncodeAddress(Writer& w, const net::Endpoint& endpoint);

Result<net::Endpoint> DecodeXorAddress(Bytes value, const TransactionId& id);
void EncodeXorAddress(Writer& w, const net::Endpoint& endpoint, const TransactionId& id);

// The same for a struct A whose only member is the endpoint.
template <typename A>
Result<A> DecodeAddressAs(Bytes value) {
  const Result<net::Endpoint> endpoint = DecodeAddress(value);
  if (!endpoint.ok()) return endpoint.error();
  return A{*endpoint};
}
template <typename A>
Result<A> DecodeXorAddressAs(Bytes value, const TransactionId& id) {
  const Result<net::Endpoint> endpoint = DecodeXorAddress(value, id);
  if (!endpoint.ok()) return endpoint.error();
  return A{*endpoint};
}

}  // namespace koeru::stun
