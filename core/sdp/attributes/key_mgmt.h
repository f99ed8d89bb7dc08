#pragma once

// RFC 4567 section 3.1: a key management protocol's message.
//
//   a=key-mgmt:<protocol> <data in base64>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct KeyMgmt {
  static constexpr std::string_view kName = "key-mgmt";

  std::string_view spacing;  // the RFC's own examples have one here
  std::string_view protocol;
  std::string_view data;

  void Describe(Syntax& s) {
    s.Text("spacing", spacing, kSpacingAtMostOne);
    s.Text("protocol", protocol, kTokenOrNonSpace);
    s.Literal(" ");
    s.Text("data", data, kBase64);
  }
};

}  // namespace koeru::sdp
