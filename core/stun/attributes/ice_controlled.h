#pragma once

// ICE-CONTROLLED: RFC 8445 section 16.1. The sender believes to be controlled; the random number
// breaks ties.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct IceControlled {
  static constexpr uint16_t kType = attribute_type::kIceControlled;
  uint64_t tiebreaker = 0;

  static Result<IceControlled> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const IceControlled attribute{r.U64()};
    if (!r.AtEnd()) return ParseError{"ICE-CONTROLLED is 8 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U64(tiebreaker); }
};

}  // namespace koeru::stun
