#pragma once

// Builds a STUN message into a buffer that the caller owns.
//
//   std::array<uint8_t, 576> buffer;
//   MessageBuilder b(buffer, {Method::kBinding, Class::kSuccessResponse},
//   request.transaction_id()); b.Add(XorMappedAddress{source}); b.AddMessageIntegrity(key);
//   b.AddFingerprint();
//   Bytes message = b.Finish();        // empty when the buffer was too small or a value bad
//
// The header's length is right after every Add. Padding is zero (CVE-2020-4067).

#include "core/bytes/writer.h"
#include "core/stun/message_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

class MessageBuilder {
 public:
  MessageBuilder(MutableBytes buffer, MessageType type, const TransactionId& id);

  // A typed attribute (see attribute.h).
  template <typename A>
  void Add(const A& attribute) {
    BeginAttribute(A::kType);
    attribute.Encode(writer_, id_);
    EndAttribute();
  }
  // An attribute as bytes, known or unknown.
  void AddRaw(uint16_t type, Bytes value);

  // RFC 8489 section 14.5: HMAC-SHA1 over all that precedes; the length field covers this
  // attribute.
  void AddMessageIntegrity(Bytes key);
  // RFC 8489 section 14.6: HMAC-SHA256, `size` bytes of it: 16 to 32 and a multiple of 4.
  void AddMessageIntegritySha256(Bytes key, size_t size = 32);
  // RFC 8489 section 14.7. Must be the last attribute.
  void AddFingerprint();

  bool ok() const { return writer_.ok(); }
  // The whole message so far, a view into the buffer; empty on failure.
  Bytes Finish() const { return writer_.written(); }

 private:
  void BeginAttribute(uint16_t type);
  void EndAttribute();
  // Sets the header's length as if `extra` more bytes stood behind what is written.
  void PatchLength(size_t extra);

  Writer writer_;
  TransactionId id_;
  size_t attribute_at_ = 0;
};

}  // namespace koeru::stun
