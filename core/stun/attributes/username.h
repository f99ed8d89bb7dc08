#pragma once

// USERNAME: RFC 8489 section 14.3. Names the user; in ICE it is "remote ufrag:local ufrag" (RFC
// 8445 section 7.2.2). "The value of USERNAME is a variable-length value containing the
// authentication username", fewer than 509 bytes of UTF-8.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Username {
  static constexpr uint16_t kType = attribute_type::kUsername;
  std::string_view text;

  static Result<Username> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<Username>(value, kUsernameLimit, "USERNAME is longer than 508 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, text, kUsernameLimit); }
};

}  // namespace koeru::stun
