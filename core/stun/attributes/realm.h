#pragma once

// REALM: RFC 8489 section 14.9. Names the set of users that a long-term credential belongs to,
// without quotes around it.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Realm {
  static constexpr uint16_t kType = attribute_type::kRealm;
  std::string_view text;

  static Result<Realm> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Realm>(value, kQuotedLimit, "REALM is longer than 763 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kQuotedLimit); }
};

}  // namespace koeru::stun
