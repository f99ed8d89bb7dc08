#pragma once

// XOR-MAPPED-ADDRESS: RFC 8489 section 14.2. The client's reflexive transport address as the
// server saw it, masked with the magic cookie and the transaction ID (see address_value.h).
//
//    b.Add(XorMappedAddress{source});

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

struct XorMappedAddress {
  static constexpr uint16_t kType = attribute_type::kXorMappedAddress;
  net::Endpoint endpoint;

  static Result<XorMappedAddress> Decode(Bytes value, const TransactionId& id) {
    return DecodeXorAddressAs<XorMappedAddress>(value, id);
  }
  void Encode(Writer& w, const TransactionId& id) const { EncodeXorAddress(w, endpoint, id); }
};

}  // namespace koeru::stun
