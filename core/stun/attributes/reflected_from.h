#pragma once

// REFLECTED-FROM: RFC 3489 section 11.2.11, obsolete. Who asked for a response that went
// elsewhere. Encoded as MAPPED-ADDRESS.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct ReflectedFrom {
  static constexpr uint16_t kType = attribute_type::kReflectedFrom;
  net::Endpoint endpoint;

  static Result<ReflectedFrom> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<ReflectedFrom>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
