#pragma once

// XOR-RELAYED-ADDRESS: RFC 8656 section 18.5. The relayed transport address that the server
// allocated. Encoded as XOR-MAPPED-ADDRESS (see core/stun/address_value.h).

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"

namespace koeru::turn {

struct XorRelayedAddress {
  static constexpr uint16_t kType = stun::attribute_type::kXorRelayedAddress;
  net::Endpoint endpoint;

  static Result<XorRelayedAddress> Decode(Bytes value, const stun::TransactionId& id) {
    return stun::DecodeXorAddressAs<XorRelayedAddress>(value, id);
  }
  void Encode(Writer& w, const stun::TransactionId& id) const {
    stun::EncodeXorAddress(w, endpoint, id);
  }
};

}  // namespace koeru::turn
