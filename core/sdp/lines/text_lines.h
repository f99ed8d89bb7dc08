#pragma once

// RFC 8866 sections 5.3 to 5.6: lines that are one text for people.
//
//   s=<session name>  i=<session information>  u=<uri>  e=<email-address>  p=<phone-number>
//
// Spaces are part of the text. Without a name, "s=-" or "s= " is written.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TextLine {
  std::string_view text;

  void Describe(Syntax& s) { s.Text("", text, kByteString); }
};

struct SessionName : TextLine {
  static constexpr std::string_view kName = "s=";
};
struct Information : TextLine {
  static constexpr std::string_view kName = "i=";
};
struct Uri : TextLine {
  static constexpr std::string_view kName = "u=";
};
struct EmailAddress : TextLine {
  static constexpr std::string_view kName = "e=";
};
struct PhoneNumber : TextLine {
  static constexpr std::string_view kName = "p=";
};

}  // namespace koeru::sdp
