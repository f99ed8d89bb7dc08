#include "core/crypto/aes_gcm.h"

#include <mbedtls/gcm.h>

#include <algorithm>

namespace koeru::crypto {
namespace {

// mbedTLS's context with a key in it.
class Gcm {
 public:
  explicit Gcm(Bytes key) {
    mbedtls_gcm_init(&context_);
    has_key_ = (key.size() == 16 || key.size() == 32) &&
               mbedtls_gcm_setkey(&context_, MBEDTLS_CIPHER_ID_AES, key.data(),
                                  static_cast<unsigned>(key.size() * 8)) == 0;
  }
  ~Gcm() { mbedtls_gcm_free(&context_); }
  Gcm(const Gcm&) = delete;
  Gcm& operator=(const Gcm&) = delete;

  bool has_key() const { return has_key_; }
  mbedtls_gcm_context* get() { return &context_; }

 private:
  mbedtls_gcm_context context_;
  bool has_key_ = false;
};

}  // namespace

bool SealAesGcm(Bytes key, const AesGcmContext& context, Bytes plain, MutableBytes sealed) {
  std::fill(sealed.begin(), sealed.end(), uint8_t{0});
  Gcm gcm(key);
  if (!gcm.has_key() || context.nonce.size() != kAesGcmNonceSize ||
      sealed.size() != plain.size() + kAesGcmTagSize) {
    return false;
  }
  return mbedtls_gcm_crypt_and_tag(
             gcm.get(), MBEDTLS_GCM_ENCRYPT, plain.size(), context.nonce.data(),
             context.nonce.size(), context.associated_data.data(), context.associated_data.size(),
             plain.data(), sealed.data(), kAesGcmTagSize, sealed.data() + plain.size()) == 0;
}

bool OpenAesGcm(Bytes key, const AesGcmContext& context, Bytes sealed, MutableBytes plain) {
  std::fill(plain.begin(), plain.end(), uint8_t{0});
  Gcm gcm(key);
  if (!gcm.has_key() || context.nonce.size() != kAesGcmNonceSize ||
      sealed.size() != plain.size() + kAesGcmTagSize) {
    return false;
  }
  const bool is_authentic =
      mbedtls_gcm_auth_decrypt(gcm.get(), plain.size(), context.nonce.data(), context.nonce.size(),
                               context.associated_data.data(), context.associated_data.size(),
                               sealed.data() + plain.size(), kAesGcmTagSize, sealed.data(),
                               plain.data()) == 0;
  if (!is_authentic) std::fill(plain.begin(), plain.end(), uint8_t{0});
  return is_authentic;
}

}  // namespace koeru::crypto
