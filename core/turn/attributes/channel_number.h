#pragma once

// CHANNEL-NUMBER: RFC 8656 section 18.1.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |        Channel Number         |         RFFU = 0              |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Any number decodes; whether it may be bound is the server's decision (section 12: 0x4000 to
// 0x4FFF, see channel_data.h).

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct ChannelNumber {
  static constexpr uint16_t kType = stun::attribute_type::kChannelNumber;
  uint16_t number = 0;

  static Result<ChannelNumber> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const ChannelNumber attribute{r.U16()};
    r.U16();  // "MUST be set to 0 on transmission and MUST be ignored on reception"
    if (!r.AtEnd()) return ParseError{"CHANNEL-NUMBER is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const {
    w.U16(number);
    w.U16(0);
  }
};

}  // namespace koeru::turn
