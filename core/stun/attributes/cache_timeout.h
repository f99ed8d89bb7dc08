#pragma once

// CACHE-TIMEOUT: registered by RFC 5780 section 9.1; the layout is that of section 7.8 of its
// draft, draft-ietf-behave-nat-behavior-discovery-06: seconds for which a server keeps XOR-
// RESPONSE-TARGET's permission.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct CacheTimeout {
  static constexpr uint16_t kType = attribute_type::kCacheTimeout;
  uint32_t seconds = 0;

  static Result<CacheTimeout> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const CacheTimeout attribute{r.U32()};
    if (!r.AtEnd()) return ParseError{"CACHE-TIMEOUT is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U32(seconds); }
};

}  // namespace koeru::stun
