#pragma once

// TRANSACTION_TRANSMIT_COUNTER: RFC 7982 section 3.1. Counts transmissions, so that loss and
// round-trip time can be told apart per transaction.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |           Reserved (Padding)  |    Req        |     Resp      |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct TransactionTransmitCounter {
  static constexpr uint16_t kType = attribute_type::kTransactionTransmitCounter;
  uint8_t requests = 0;   // transmissions of the request so far
  uint8_t responses = 0;  // transmissions of the response so far

  static Result<TransactionTransmitCounter> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    r.U16();
    const uint8_t requests = r.U8();
    const uint8_t responses = r.U8();
    if (!r.AtEnd()) return ParseError{"TRANSACTION_TRANSMIT_COUNTER is 4 bytes long", 0};
    return TransactionTransmitCounter{requests, responses};
  }
  void Encode(Writer& w, const TransactionId&) const {
    w.U16(0);
    w.U8(requests);
    w.U8(responses);
  }
};

}  // namespace koeru::stun
