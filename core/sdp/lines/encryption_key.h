#pragma once

// RFC 8866 section 5.12: obsolete, and not to be used; kept so that no line is lost.
//
//   k=<method>[:<encryption key>]
//   k=prompt

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct EncryptionKey {
  static constexpr std::string_view kName = "k=";

  std::string_view method;
  std::optional<std::string_view> key;

  void Describe(Syntax& s) {
    s.Text("method", method, kToken);
    s.OptionalText("key", ":", key, kByteString);
  }
};

}  // namespace koeru::sdp
