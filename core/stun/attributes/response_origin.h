#pragma once

// RESPONSE-ORIGIN: RFC 5780 section 7.3. Where the response was sent from: shows a NAT between
// client and server that rewrites it. Encoded as MAPPED-ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct ResponseOrigin {
  static constexpr uint16_t kType = attribute_type::kResponseOrigin;
  net::Endpoint endpoint;

  static Result<ResponseOrigin> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<ResponseOrigin>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
