#pragma once

// ICE-CONTROLLING: RFC 8445 section 16.1. The sender believes to be controlling; the random
// number breaks ties.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct IceControlling {
  static constexpr uint16_t kType = attribute_type::kIceControlling;
  uint64_t tiebreaker = 0;

  static Result<IceControlling> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const IceControlling attribute{r.U64()};
    if (!r.AtEnd()) return ParseError{"ICE-CONTROLLING is 8 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U64(tiebreaker); }
};

}  // namespace koeru::stun
