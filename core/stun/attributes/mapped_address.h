#pragma once

// MAPPED-ADDRESS: RFC 8489 section 14.1. The client's reflexive transport address, unmasked:
// only for clients of RFC 3489. The layout is that of address_value.h.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct MappedAddress {
  static constexpr uint16_t kType = attribute_type::kMappedAddress;
  net::Endpoint endpoint;

  static Result<MappedAddress> Decode(Bytes value, const TransactionId&) {
    return DecodeAddressAs<MappedAddress>(value);
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeAddress(w, endpoint); }
};

}  // namespace koeru::stun
