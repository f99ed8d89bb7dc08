#pragma once

// AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 5116 section 5), over mbedTLS. The size of the key
// says which. koeru.wasm has no use for them, and its mbedTLS no GCM: only the relay may call this.
//
//   std::array<uint8_t, 14> plain;
//   if (!OpenAesGcm(key, {nonce, aad}, sealed, plain)) return;   // not authentic

#include "core/bytes/reader.h"
#include "core/bytes/writer.h"

namespace koeru::crypto {

inline constexpr size_t kAesGcmNonceSize = 12;
inline constexpr size_t kAesGcmTagSize = 16;

struct AesGcmContext {
  Bytes nonce;            // kAesGcmNonceSize bytes
  Bytes associated_data;  // authenticated, and not part of what is sealed
};

// `sealed` is kAesGcmTagSize bytes longer than `plain`: the ciphertext and behind it the tag.
// False, with zeros in the output, for any other size of key (16 or 32), nonce or output, and when
// what is to be opened is not authentic.
bool SealAesGcm(Bytes key, const AesGcmContext& context, Bytes plain, MutableBytes sealed);
bool OpenAesGcm(Bytes key, const AesGcmContext& context, Bytes sealed, MutableBytes plain);

}  // namespace koeru::crypto
