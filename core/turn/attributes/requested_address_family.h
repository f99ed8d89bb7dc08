#pragma once

// REQUESTED-ADDRESS-FAMILY: RFC 8656 section 18.6. The family of the relayed address that the
// client wants. Unknown families decode: the server answers them with 440 (section 7.2).
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |    Family     |            Reserved                           |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct RequestedAddressFamily {
  static constexpr uint16_t kType = stun::attribute_type::kRequestedAddressFamily;
  stun::AddressFamily family = stun::AddressFamily::kIpv4;

  static Result<RequestedAddressFamily> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const RequestedAddressFamily attribute{static_cast<stun::AddressFamily>(r.U8())};
    r.U24();  // "MUST be set to zero on transmission and MUST be ignored on reception"
    if (!r.AtEnd()) return ParseError{"REQUESTED-ADDRESS-FAMILY is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const {
    w.U8(static_cast<uint8_t>(family));
    w.U24(0);
  }
};

}  // namespace koeru::turn
