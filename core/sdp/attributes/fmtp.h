#pragma once

// RFC 8866 section 6.15: parameters of one format, which only its codec understands.
//
//   a=fmtp:<format> <format specific params>
//   a=fmtp:111 minptime=10;useinbandfec=1
//   a=fmtp:96 profile-level-id=42e01f; sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==
//   a=fmtp:101 0-15                     (RFC 4733: no name, no "=")
//
// Parameters are kept exactly: the spaces in front of each, "=" in values, ";" in quotation marks.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct FormatParameter {
  std::string_view spacing;  // in front of the name, mostly none
  std::string_view name;
  std::optional<std::string_view> value;  // absent without "="

  bool IsEmpty() const { return name.empty() && !value; }

  void Describe(Syntax& s) {
    s.Text("spacing", spacing, kSpacing);
    s.Text("name", name, kParameterName);
    s.OptionalText("value", "=", value, kParameterValue);
  }
};

struct Fmtp {
  static constexpr std::string_view kName = "fmtp";

  std::string_view format;  // a payload type, or a format of the m= line
  std::vector<FormatParameter> parameters;

  void Describe(Syntax& s) {
    s.Text("format", format, kTokenOrNonSpace);
    s.Literal(" ");
    s.List("parameters", ";", parameters);
    s.Require(parameters.size() != 1 || !parameters[0].IsEmpty(), "parameters",
              "expected parameters");
  }
};

}  // namespace koeru::sdp
