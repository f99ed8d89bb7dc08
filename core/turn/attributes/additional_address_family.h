#pragma once

// ADDITIONAL-ADDRESS-FAMILY: RFC 8656 section 18.11. Asks for an IPv6 relayed address besides
// the IPv4 one. "The only allowed value is 0x02"; a server answers others with 400 (section
// 7.2).
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

struct AdditionalAddressFamily {
  static constexpr uint16_t kType = stun::attribute_type::kAdditionalAddressFamily;
  stun::AddressFamily family = stun::AddressFamily::kIpv6;

  static Result<AdditionalAddressFamily> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const AdditionalAddressFamily attribute{static_cast<stun::AddressFamily>(r.U8())};
    r.U24();  // "MUST be set to zero on transmission and MUST be ignored on reception"
    if (!r.AtEnd()) return ParseError{"ADDITIONAL-ADDRESS-FAMILY is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const {
    w.U8(static_cast<uint8_t>(family));
    w.U24(0);
  }
};

}  // namespace koeru::turn
