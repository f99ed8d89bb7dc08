#pragma once

// RFC 8866 sections 5.3 to 5.6: lines that are one text for people.
//
//   s=<session name>  i=<session information>  u=<uri>  e=<email-address>  p=<phone-number>
//
// Spaces are part of the text. Without a name, "s=-" or "s= " is written; an empty one is taken
// when lenient.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TextLine {
  std::string_view text;

  void Describe(Syntax& s) { s.Text("", text, kFreeText); }
};

struct SessionName : TextLine {
  static constexpr std::string_view kName = "s=";
};
struct Information : TextLine {
  static constexpr std::string_view kName = "i=";
};
struct Uri {
  static constexpr std::string_view kName = "u=";

  std::string_view uri;

  void Describe(Syntax& s) { s.Text("", uri, kUri); }
};
struct EmailAddress {
  static constexpr std::string_view kName = "e=";

  std::string_view address;  // with a name, maybe

  void Describe(Syntax& s) { s.Text("", address, kEmail); }
};
struct PhoneNumber {
  static constexpr std::string_view kName = "p=";

  std::string_view number;  // with a name, maybe

  void Describe(Syntax& s) { s.Text("", number, kPhone); }
};

}  // namespace koeru::sdp
