#pragma once

// PADDING: RFC 5780 section 7.6. A free-form string that makes the message so long that it is
// fragmented; its content does not matter.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Padding {
  static constexpr uint16_t kType = attribute_type::kPadding;
  Bytes content;

  static Result<Padding> Decode(Bytes value, const TransactionId&) { return Padding{value}; }
  void Encode(Writer& w, const TransactionId&) const { w.Put(content); }
};

}  // namespace koeru::stun
