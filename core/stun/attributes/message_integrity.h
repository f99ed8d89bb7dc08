#pragma once

// MESSAGE-INTEGRITY: RFC 8489 section 14.5. The raw HMAC-SHA1, 20 bytes. To check or to make one
// use integrity.h and MessageBuilder::AddMessageIntegrity.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct MessageIntegrity {
  static constexpr uint16_t kType = attribute_type::kMessageIntegrity;
  static constexpr size_t kSize = 20;
  Bytes mac;

  static Result<MessageIntegrity> Decode(Bytes value, const TransactionId&) {
    if (value.size() != kSize) return ParseError{"MESSAGE-INTEGRITY is 20 bytes long", 0};
    return MessageIntegrity{value};
  }
  void Encode(Writer& w, const TransactionId&) const {
    if (mac.size() != kSize) w.Fail();
    w.Put(mac);
  }
};

}  // namespace koeru::stun
