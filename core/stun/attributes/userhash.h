#pragma once

// USERHASH: RFC 8489 section 14.4. Stands in for USERNAME when the server offers username
// anonymity: SHA-256 of username ":" realm, 32 bytes (see ComputeUserhash in integrity.h).

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Userhash {
  static constexpr uint16_t kType = attribute_type::kUserhash;
  static constexpr size_t kSize = 32;
  Bytes hash;

  static Result<Userhash> Decode(Bytes value, const TransactionId&) {
    if (value.size() != kSize) return ParseError{"USERHASH is 32 bytes long", 0};
    return Userhash{value};
  }
  void Encode(Writer& w, const TransactionId&) const {
    if (hash.size() != kSize) w.Fail();
    w.Put(hash);
  }
};

}  // namespace koeru::stun
