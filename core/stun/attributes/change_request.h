#pragma once

// CHANGE-REQUEST: RFC 5780 section 7.2. Asks the server to answer from its other address, other
// port, or both.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 A B 0|
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// A: change IP, B: change port.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct ChangeRequest {
  static constexpr uint16_t kType = attribute_type::kChangeRequest;
  bool change_ip = false;
  bool change_port = false;

  static Result<ChangeRequest> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const uint32_t flags = r.U32();
    if (!r.AtEnd()) return ParseError{"CHANGE-REQUEST is 4 bytes long", 0};
    return ChangeRequest{(flags & 4) != 0, (flags & 2) != 0};
  }
  void Encode(Writer& w, const TransactionId&) const {
    w.U32((change_ip ? 4u : 0u) | (change_port ? 2u : 0u));
  }
};

}  // namespace koeru::stun
