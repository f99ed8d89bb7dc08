#pragma once

// PRIORITY: RFC 8445 section 16.1. "The priority that is to be associated with a peer-reflexive
// candidate, if one will be discovered by this check."

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Priority {
  static constexpr uint16_t kType = attribute_type::kPriority;
  uint32_t priority = 0;

  static Result<Priority> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const Priority attribute{r.U32()};
    if (!r.AtEnd()) return ParseError{"PRIORITY is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U32(priority); }
};

}  // namespace koeru::stun
