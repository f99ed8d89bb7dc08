#include "native_server/tls/crypto_init.h"

#include <mbedtls/entropy.h>
#include <psa/crypto.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace koeru::server {

absl::Status InitCrypto() {
  static const psa_status_t status = psa_crypto_init();
  if (status == PSA_SUCCESS) return absl::OkStatus();
  return absl::InternalError("mbedTLS could not start (PSA status " + std::to_string(status) +
                             "): the system gives no random numbers. Check that /dev/urandom and "
                             "getrandom() work in this container or chroot.");
}

void FillRandom(std::span<uint8_t> out) {
  if (!InitCrypto().ok() || psa_generate_random(out.data(), out.size()) != PSA_SUCCESS) {
    std::fputs("koeru: no random numbers from the system; cannot go on safely\n", stderr);
    std::abort();
  }
}

int MbedTlsRandom(void* /*context*/, unsigned char* out, size_t size) {
  return psa_generate_random(out, size) == PSA_SUCCESS ? 0 : MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
}

}  // namespace koeru::server
