#include "core/stun/fingerprint.h"

#include "core/crypto/crc32.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {

uint32_t ComputeFingerprint(Bytes preceding) { return crypto::Crc32(preceding) ^ 0x5354554E; }

FingerprintVerdict CheckFingerprint(const MessageView& message) {
  const auto attribute = message.Find(attribute_type::kFingerprint);
  if (!attribute) return FingerprintVerdict::kAbsent;
  // "it MUST be the last attribute in the message".
  const bool last = attribute->value_offset() + 4 == message.bytes().size();
  Reader r(attribute->value);
  const uint32_t value = r.U32();
  if (!last || !r.AtEnd()) return FingerprintVerdict::kInvalid;
  return value == ComputeFingerprint(message.bytes().first(attribute->offset))
             ? FingerprintVerdict::kValid
             : FingerprintVerdict::kInvalid;
}

}  // namespace koeru::stun
