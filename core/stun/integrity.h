#pragma once

// MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256: RFC 8489 sections 14.5 and 14.6, and the keys of
// section 9: short-term (9.1.1) and long-term (9.2.2, 18.5).

#include <string_view>

#include "core/crypto/hash.h"
#include "core/stun/message_view.h"

namespace koeru::stun {

enum class IntegrityVerdict : uint8_t { kAbsent, kValid, kInvalid };

// Compared in constant time.
IntegrityVerdict CheckMessageIntegrity(const MessageView& message, Bytes key);
IntegrityVerdict CheckMessageIntegritySha256(const MessageView& message, Bytes key);

// Texts are used as they are: apply OpaqueString (RFC 8265, SASLprep for RFC 5389 peers) before.
// Short-term: the key is the password's bytes.
// Long-term with the MD5 algorithm: MD5(username ":" realm ":" password).
crypto::Md5Digest LongTermKeyMd5(std::string_view username, std::string_view realm,
                                 std::string_view password);
// Long-term with the SHA-256 algorithm (RFC 8489 section 18.5.1.2).
crypto::Sha256Digest LongTermKeySha256(std::string_view username, std::string_view realm,
                                       std::string_view password);

// USERHASH: SHA-256(username ":" realm) (RFC 8489 section 14.4).
crypto::Sha256Digest ComputeUserhash(std::string_view username, std::string_view realm);

}  // namespace koeru::stun
