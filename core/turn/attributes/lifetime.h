#pragma once

// LIFETIME: RFC 8656 section 18.2. Seconds until the allocation expires if it is not refreshed;
// 0 in a Refresh request deletes it.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct Lifetime {
  static constexpr uint16_t kType = stun::attribute_type::kLifetime;
  uint32_t seconds = 0;

  static Result<Lifetime> Decode(Bytes value, const stun::TransactionId&) {
    Reader r(value);
    const Lifetime attribute{r.U32()};
    if (!r.AtEnd()) return ParseError{"LIFETIME is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.U32(seconds); }
};

}  // namespace koeru::turn
