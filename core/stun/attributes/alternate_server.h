#pragma once

// ALTERNATE-SERVER: RFC 8489 section 14.15. Another server that the client should try (error
// 300). It is encoded as MAPPED-ADDRESS and has the family of the request's source.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct AlternateServer {
  static constexpr uint16_t kType = attribute_type::kAlternateServer;
  net::Endpoint endpoint;

  static Result<AlternateServer> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<AlternateServer>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
