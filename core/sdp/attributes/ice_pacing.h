#pragma once

// RFC 8839 section 5.5: milliseconds between connectivity checks that this side asks for.
//
//   a=ice-pacing:50

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct IcePacing {
  static constexpr std::string_view kName = "ice-pacing";

  uint64_t milliseconds = 50;

  void Describe(Syntax& s) { s.Number("", milliseconds, 0, 9'999'999'999); }
};

}  // namespace koeru::sdp
