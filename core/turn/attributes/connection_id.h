#pragma once

// CONNECTION-ID: RFC 6062 section 6.2.1. Names a connection to a peer, to be bound to a client
// data connection.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct ConnectionId {
  static constexpr uint16_t kType = stun::attribute_type::kConnectionId;
  uint32_t id = 0;

  static Result<ConnectionId> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const ConnectionId attribute{r.U32()};
    if (!r.AtEnd()) return ParseError{"CONNECTION-ID is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.U32(id); }
};

}  // namespace koeru::turn
