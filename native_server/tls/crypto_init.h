// One-time start of mbedTLS's PSA core: TLS 1.3 and the random generator live there.
#pragma once

#include <cstdint>
#include <span>

#include "absl/status/status.h"

namespace koeru::server {

// Safe to call from any thread and as often as wanted. Fails only where the system gives no
// entropy.
absl::Status InitCrypto();

// Fills `out` from the process's cryptographic random generator; aborts if there is none, because
// no caller could go on safely. Calls InitCrypto() itself.
void FillRandom(std::span<uint8_t> out);

// The generator in the form mbedTLS's functions take it (f_rng); the context pointer is nullptr.
int MbedTlsRandom(void* context, unsigned char* out, size_t size);

}  // namespace koeru::server
