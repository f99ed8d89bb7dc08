#pragma once

// NONCE: RFC 8489 section 14.10. Chosen by the server, repeated by the client. A nonce that
// begins with the nonce cookie carries security feature bits: see nonce_cookie.h.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Nonce {
  static constexpr uint16_t kType = attribute_type::kNonce;
  std::string_view text;

  static Result<Nonce> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Nonce>(value, kQuotedLimit, "NONCE is longer than 763 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kQuotedLimit); }
};

}  // namespace koeru::stun
