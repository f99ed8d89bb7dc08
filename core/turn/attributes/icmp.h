#pragma once

// ICMP: RFC 8656 section 18.13. In a Data indication: an ICMP error that came for the peer.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |  Reserved                     |  ICMP Type  |  ICMP Code      |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                          Error Data                           |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct Icmp {
  static constexpr uint16_t kType = stun::attribute_type::kIcmp;
  uint8_t type = 0;   // 7 bits
  uint16_t code = 0;  // 9 bits
  uint32_t data = 0;  // "Packet Too Big" or "Fragmentation Needed": the MTU

  static Result<Icmp> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    r.U16();
    const uint16_t type_and_code = r.U16();
    const uint32_t data = r.U32();
    if (!r.AtEnd()) return ParseError{"ICMP is 8 bytes long", 0};
    return Icmp{static_cast<uint8_t>(type_and_code >> 9),
                static_cast<uint16_t>(type_and_code & 0x1FF), data};
  }
  void Encode(Writer& w, const stun::TransactionId&) const {
    if (type > 0x7F || code > 0x1FF) w.Fail();
    w.U16(0);
    w.U16(static_cast<uint16_t>((type << 9) | code));
    w.U32(data);
  }
};

}  // namespace koeru::turn
