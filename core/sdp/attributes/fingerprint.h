#pragma once

// RFC 8122 section 5: the hash of the certificate that this side will show in DTLS.
//
//   a=fingerprint:<hash function> <hash in pairs of hexadecimal digits>
//   a=fingerprint:sha-256
//   12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:...
//
// Lower case is taken when lenient. There may be several, one for each hash function and
// certificate.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Fingerprint {
  static constexpr std::string_view kName = "fingerprint";

  std::string_view hash_function;
  std::string_view hash;

  void Describe(Syntax& s) {
    s.Text("hashFunction", hash_function, kToken);
    s.Literal(" ");
    s.Text("hash", hash, kHexPairs);
  }
};

}  // namespace koeru::sdp
