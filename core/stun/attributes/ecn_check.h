#pragma once

// ECN-CHECK: RFC 6679 section 7.2.2. Tells which ECN mark arrived in the other direction.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |  Reserved                                               |ECF|V|
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// ECF: the ECN field seen; V: ECF holds a value.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct EcnCheck {
  static constexpr uint16_t kType = attribute_type::kEcnCheck;
  uint8_t ecn_field = 0;  // two bits
  bool valid = false;

  static Result<EcnCheck> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const uint32_t bits = r.U32();
    if (!r.AtEnd()) return ParseError{"ECN-CHECK is 4 bytes long", 0};
    return EcnCheck{static_cast<uint8_t>((bits >> 1) & 3), (bits & 1) != 0};
  }
  void Encode(Writer& w, const TransactionId&) const {
    if (ecn_field > 3) w.Fail();
    w.U32((uint32_t{ecn_field} << 1) | (valid ? 1u : 0u));
  }
};

}  // namespace koeru::stun
