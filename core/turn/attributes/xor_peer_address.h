#pragma once

// XOR-PEER-ADDRESS: RFC 8656 section 18.3. The peer's address and port as the server sees it.
// Encoded as XOR-MAPPED-ADDRESS (see core/stun/address_value.h). CreatePermission may carry
// several.

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::turn {

struct XorPeerAddress {
  static constexpr uint16_t kType = stun::attribute_type::kXorPeerAddress;
  net::Endpoint endpoint;

  static Result<XorPeerAddress> Decode(Bytes value, const stun::TransactionId& id) {
    return stun::DecodeXorAddressAs<XorPeerAddress>(value, id);
  }
  void Encode(Writer& w, const stun::TransactionId& id) const {
    stun::EncodeXorAddress(w, endpoint, id);
  }
};

}  // namespace koeru::turn
