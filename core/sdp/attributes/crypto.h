#pragma once

// RFC 4568 section 9.1: SRTP keys in the description itself. WebRTC forbids it (RFC 8827
// section 6.5).
//
//   a=crypto:<tag> <crypto suite> <key params> [<session params>]
//   a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:32

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Crypto {
  static constexpr std::string_view kName = "crypto";

  uint32_t tag = 1;
  std::string_view suite;
  std::vector<std::string_view> key_parameters;  // "inline:..."
  std::vector<std::string_view> session_parameters;

  void Describe(Syntax& s) {
    s.Number("tag", tag, 0, 999'999'999);
    s.Literal(" ");
    s.Text("suite", suite, kCryptoSuite);
    s.Literal(" ");
    s.List("keyParameters", ";", key_parameters, [](Syntax& item, std::string_view& key) {
      item.LenientSpaces();
      item.Text("", key, kWordUpToSemicolon);
      item.RequireIfStrict(key.find(':', 1) != std::string_view::npos, "",
                           "expected a method, ':' and a key");
    });
    s.LedList("sessionParameters", " ", session_parameters,
              [](Syntax& item, std::string_view& word) { item.Text("", word, kNonSpace); });
  }
};

}  // namespace koeru::sdp
