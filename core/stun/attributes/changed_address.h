#pragma once

// CHANGED-ADDRESS: RFC 3489 section 11.2.3, obsolete (OTHER-ADDRESS today). Encoded as MAPPED-
// ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct ChangedAddress {
  static constexpr uint16_t kType = attribute_type::kChangedAddress;
  net::Endpoint endpoint;

  static Result<ChangedAddress> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<ChangedAddress>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
