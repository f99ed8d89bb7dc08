#pragma once

// EVEN-PORT: RFC 8656 section 18.7. The client wants an even relayed port, and with R set the
// next higher port reserved for a later allocation.
//
//    0
//    0 1 2 3 4 5 6 7
//   +-+-+-+-+-+-+-+-+
//   |R|    RFFU     |
//   +-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct EvenPort {
  static constexpr uint16_t kType = stun::attribute_type::kEvenPort;
  bool reserve_next = false;

  static Result<EvenPort> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const EvenPort attribute{(r.U8() & 0x80) != 0};
    if (!r.AtEnd()) return ParseError{"EVEN-PORT is 1 byte long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.U8(reserve_next ? 0x80 : 0); }
};

}  // namespace koeru::turn
