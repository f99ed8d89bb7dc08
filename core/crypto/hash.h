#pragma once

// Hashes and MACs that STUN names, over mbedTLS. Input comes in parts, so that a message with a
// patched header is hashed without a copy:
//
//   Sha1Digest mac = HmacSha1(key, {patched_header, body});

#include <array>
#include <initializer_list>

#include "core/bytes/reader.h"

namespace koeru::crypto {

using Parts = std::initializer_list<Bytes>;
using Md5Digest = std::array<uint8_t, 16>;
using Sha1Digest = std::array<uint8_t, 20>;
using Sha256Digest = std::array<uint8_t, 32>;

Md5Digest Md5(Parts parts);
Sha256Digest Sha256(Parts parts);
Sha1Digest HmacSha1(Bytes key, Parts parts);
Sha256Digest HmacSha256(Bytes key, Parts parts);

// Takes time that depends on the sizes only. Different sizes are unequal.
bool ConstantTimeEquals(Bytes a, Bytes b);

}  // namespace koeru::crypto
