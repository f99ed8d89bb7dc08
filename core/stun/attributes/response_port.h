#pragma once

// RESPONSE-PORT: RFC 5780 section 7.5. The port that the response shall be sent to: "a 16-bit
// unsigned integer in network byte order followed by 2 bytes of padding". Senders disagree
// whether the length counts that padding: 2 and 4 are both taken, 2 is sent.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |             Port              |            padding            |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct ResponsePort {
  static constexpr uint16_t kType = attribute_type::kResponsePort;
  uint16_t port = 0;

  static Result<ResponsePort> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const ResponsePort attribute{r.U16()};
    if (!r.ok() || (r.remaining() != 0 && r.remaining() != 2)) {
      return ParseError{"RESPONSE-PORT is 2 or 4 bytes long", 0};
    }
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U16(port); }
};

}  // namespace koeru::stun
