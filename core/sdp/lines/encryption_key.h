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
    s.RequireIfStrict(MeasureListed(method, "prompt|clear|base64|uri") > 0, "method",
                      "expected one of prompt|clear|base64|uri");
    s.OptionalText("key", ":", key, kFreeText);
    s.RequireIfStrict(key.has_value() == (method != "prompt"), "method",
                      "expected prompt, or another method with ':' and a key");
  }
};

}  // namespace koeru::sdp
