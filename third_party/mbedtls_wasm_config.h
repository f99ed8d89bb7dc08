#pragma once

/* What koeru.wasm needs of mbedTLS: the hashes of STUN (RFC 8489), and base64. The native build
 * keeps mbedTLS's own configuration. */

#define MBEDTLS_BASE64_C
#define MBEDTLS_MD_C
#define MBEDTLS_MD5_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_SHA256_C
