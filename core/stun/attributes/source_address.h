#pragma once

// SOURCE-ADDRESS: RFC 3489 section 11.2.5, obsolete (RESPONSE-ORIGIN today). Encoded as MAPPED-
// ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct SourceAddress {
  static constexpr uint16_t kType = attribute_type::kSourceAddress;
  net::Endpoint endpoint;

  static Result<SourceAddress> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<SourceAddress>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
