#pragma once

// RFC 8827 section 5: who vouches for the fingerprints.
//
//   a=identity:<assertion in base64> [<extension>[=<value>][; <extension>...]]

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct IdentityExtension {
  std::string_view spacing;
  std::string_view name;
  std::optional<std::string_view> value;

  void Describe(Syntax& s) {
    s.Text("spacing", spacing, kSpacingAtMostOne);
    s.Text("name", name, kToken);
    s.OptionalText("value", "=", value, kIdentityValue);
  }
};

struct Identity {
  static constexpr std::string_view kName = "identity";

  std::string_view assertion;
  std::vector<IdentityExtension> extensions;

  void Describe(Syntax& s) {
    s.Text("assertion", assertion, kBase64);
    if (s.Optional("extensions", " ", !extensions.empty())) s.List("extensions", ";", extensions);
  }
};

}  // namespace koeru::sdp
