#pragma once

// RFC 8866 section 5.11: when clocks are put forward or back while a session repeats.
//
//   z=<adjustment time> <offset> <adjustment time> <offset> ...
//   z=3730928400 -1h 3749680800 0

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct ZoneAdjustment {
  std::string_view time;
  std::string_view offset;

  void Describe(Syntax& s) {
    s.Text("time", time, kTime);
    s.Literal(" ");
    s.Text("offset", offset, kSignedTypedTime);
  }
};

struct ZoneAdjustments {
  static constexpr std::string_view kName = "z=";

  std::vector<ZoneAdjustment> adjustments;

  void Describe(Syntax& s) { s.List("", " ", adjustments); }
};

}  // namespace koeru::sdp
