#pragma once

// OTHER-ADDRESS: RFC 5780 section 7.4. The address and port that the server would use when asked
// to change both. Encoded as MAPPED-ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct OtherAddress {
  static constexpr uint16_t kType = attribute_type::kOtherAddress;
  net::Endpoint endpoint;

  static Result<OtherAddress> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<OtherAddress>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
