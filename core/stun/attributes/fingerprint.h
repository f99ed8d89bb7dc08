#pragma once

// FINGERPRINT: RFC 8489 section 14.7. The CRC-32 of the message before it, XOR-ed with
// 0x5354554E. To check or to make one use fingerprint.h and MessageBuilder::AddFingerprint.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct Fingerprint {
  static constexpr uint16_t kType = attribute_type::kFingerprint;
  uint32_t crc = 0;

  static Result<Fingerprint> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const Fingerprint attribute{r.U32()};
    if (!r.AtEnd()) return ParseError{"FINGERPRINT is 4 bytes long", 0};
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U32(crc); }
};

}  // namespace koeru::stun
