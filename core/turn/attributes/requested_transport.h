#pragma once

// REQUESTED-TRANSPORT: RFC 8656 section 18.8. The transport between server and peers: an IP
// protocol number, 17 (UDP) or, with RFC 6062, 6 (TCP). Others decode: the server answers them
// with 442 (section 7.2).
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |    Protocol   |                    RFFU                       |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

// IANA's "Assigned Internet Protocol Numbers".
inline constexpr uint8_t kProtocolTcp = 6;
inline constexpr uint8_t kProtocolUdp = 17;

struct RequestedTransport {
  static constexpr uint16_t kType = stun::attribute_type::kRequestedTransport;
  uint8_t protocol = kProtocolUdp;

  static Result<RequestedTransport> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const RequestedTransport attribute{r.U8()};
    r.U24();  // "MUST be set to zero on transmission and MUST be ignored on reception"
    if (!r.AtEnd()) return ParseError{"REQUESTED-TRANSPORT is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const {
    w.U8(protocol);
    w.U24(0);
  }
};

}  // namespace koeru::turn
