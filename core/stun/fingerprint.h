#pragma once

// FINGERPRINT: RFC 8489 section 14.7: "the CRC-32 of the STUN message up to (but excluding) the
// FINGERPRINT attribute itself, XOR'ed with the 32-bit value 0x5354554e".

#include "core/stun/message_view.h"

namespace koeru::stun {

enum class FingerprintVerdict : uint8_t { kAbsent, kValid, kInvalid };

FingerprintVerdict CheckFingerprint(const MessageView& message);

// Of the bytes in front of the attribute; the header's length must already cover the attribute.
uint32_t ComputeFingerprint(Bytes preceding);

}  // namespace koeru::stun
