#pragma once

// PASSWORD: RFC 3489 section 11.2.7, obsolete. The password of a Shared Secret response; RFC
// 3489 sets no length, RFC 8489's for USERNAME is taken.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Password {
  static constexpr uint16_t kType = attribute_type::kPassword;
  std::string_view text;

  static Result<Password> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Password>(value, kUsernameLimit, "PASSWORD is longer than 508 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kUsernameLimit); }
};

}  // namespace koeru::stun
