#pragma once

// RFC 8839 section 5.4: what connectivity checks are signed with. New ones are an ICE restart.
//
//   a=ice-ufrag:<4 to 256 ice-chars>
//   a=ice-pwd:<22 to 256 ice-chars>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct IceUfrag {
  static constexpr std::string_view kName = "ice-ufrag";

  std::string_view ufrag;

  void Describe(Syntax& s) { s.Text("", ufrag, kIceChars.Length(4, 256)); }
};

struct IcePwd {
  static constexpr std::string_view kName = "ice-pwd";

  std::string_view password;

  void Describe(Syntax& s) { s.Text("", password, kIceChars.Length(22, 256)); }
};

}  // namespace koeru::sdp
