#pragma once

// MESSAGE-INTEGRITY-SHA256: RFC 8489 section 14.6. The raw HMAC-SHA256, truncated to a multiple
// of 4 bytes from 16 to 32. To check or to make one use integrity.h and
// MessageBuilder::AddMessageIntegritySha256.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct MessageIntegritySha256 {
  static constexpr uint16_t kType = attribute_type::kMessageIntegritySha256;
  // "at least 16 bytes", a multiple of 4, at most the whole MAC.
  static constexpr bool IsAllowedSize(size_t size) {
    return size >= 16 && size <= 32 && size % 4 == 0;
  }
  Bytes mac;

  static Result<MessageIntegritySha256> Decode(Bytes value, const TransactionId&) {
    if (!IsAllowedSize(value.size())) {
      return ParseError{"MESSAGE-INTEGRITY-SHA256 is 16, 20, 24, 28 or 32 bytes long", 0};
    }
    return MessageIntegritySha256{value};
  }
  void Encode(Writer& w, const TransactionId&) const {
    if (!IsAllowedSize(mac.size())) w.Fail();
    w.Put(mac);
  }
};

}  // namespace koeru::stun
