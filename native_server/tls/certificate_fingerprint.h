// The fingerprint of a certificate: RFC 8122 section 5, what "a=fingerprint" carries. A hash of its
// DER, in hexadecimal with colons.
//
//   std::string mine = FingerprintOf(context->certificate_der());       // "4A:AD:...", SHA-256
//   if (!HasFingerprint(engine.peer_certificate_der(), "sha-256", theirs)) refuse the session;
#pragma once

#include <string>
#include <string_view>

#include "core/bytes/reader.h"

namespace koeru::server {

// By SHA-256.
std::string FingerprintOf(Bytes certificate_der);

// `hash` is the name in the attribute: "sha-256", "sha-384" or "sha-512", in any case. False for
// any other one (RFC 8122 section 5 forbids MD2 and MD5; SHA-1 can be forged), for a text that is
// no fingerprint, and where there is no certificate.
bool HasFingerprint(Bytes certificate_der, std::string_view hash, std::string_view fingerprint);

}  // namespace koeru::server
