#pragma once

// SOFTWARE: RFC 8489 section 14.14. What the sender runs, for diagnostics; never trusted.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Software {
  static constexpr uint16_t kType = attribute_type::kSoftware;
  std::string_view text;

  static Result<Software> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Software>(value, kQuotedLimit, "SOFTWARE is longer than 763 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kQuotedLimit); }
};

}  // namespace koeru::stun
