#include "core/crypto/hash.h"

#include <mbedtls/md.h>

// Alone among mbedTLS's headers, this one does not say that it is C.
extern "C" {
#include <mbedtls/constant_time.h>
}

namespace koeru::crypto {
namespace {

// One digest or, with a key, one HMAC (RFC 2104). mbedTLS fails here only when it is out of
// memory or was built without the hash; the digest stays zero then, which no peer can match
// because it cannot be produced by us either.
template <size_t kSize>
std::array<uint8_t, kSize> Digest(mbedtls_md_type_t type, const Bytes* key, Parts parts) {
  std::array<uint8_t, kSize> digest{};
  mbedtls_md_context_t context;
  mbedtls_md_init(&context);
  if (mbedtls_md_setup(&context, mbedtls_md_info_from_type(type), key != nullptr) == 0) {
    key != nullptr ? mbedtls_md_hmac_starts(&context, key->data(), key->size())
                   : mbedtls_md_starts(&context);
    for (Bytes part : parts) {
      key != nullptr ? mbedtls_md_hmac_update(&context, part.data(), part.size())
                     : mbedtls_md_update(&context, part.data(), part.size());
    }
    key != nullptr ? mbedtls_md_hmac_finish(&context, digest.data())
                   : mbedtls_md_finish(&context, digest.data());
  }
  mbedtls_md_free(&context);
  return digest;
}

}  // namespace

Md5Digest Md5(Parts parts) { return Digest<16>(MBEDTLS_MD_MD5, nullptr, parts); }

Sha256Digest Sha256(Parts parts) { return Digest<32>(MBEDTLS_MD_SHA256, nullptr, parts); }

Sha1Digest HmacSha1(Bytes key, Parts parts) { return Digest<20>(MBEDTLS_MD_SHA1, &key, parts); }

Sha256Digest HmacSha256(Bytes key, Parts parts) {
  return Digest<32>(MBEDTLS_MD_SHA256, &key, parts);
}

bool ConstantTimeEquals(Bytes a, Bytes b) {
  return a.size() == b.size() && mbedtls_ct_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace koeru::crypto
