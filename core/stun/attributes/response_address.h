#pragma once

// RESPONSE-ADDRESS: RFC 3489 section 11.2.2, obsolete. Where the client of RFC 3489 wants the
// response sent. Encoded as MAPPED-ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct ResponseAddress {
  static constexpr uint16_t kType = attribute_type::kResponseAddress;
  net::Endpoint endpoint;

  static Result<ResponseAddress> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<ResponseAddress>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
