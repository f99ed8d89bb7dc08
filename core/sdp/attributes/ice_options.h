#pragma once

// RFC 8839 section 5.6: ICE extensions that this side has: trickle (RFC 8838), ice2, renomination
// ...
//
//   a=ice-options:<option> ...

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct IceOptions {
  static constexpr std::string_view kName = "ice-options";

  std::vector<std::string_view> options;

  void Describe(Syntax& s) {
    s.List("", " ", options, [](Syntax& item, std::string_view& option) {
      item.Text("", option, kIceCharsOrNonSpace);
    });
  }
};

}  // namespace koeru::sdp
