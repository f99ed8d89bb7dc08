#pragma once

// libwebrtc, until 2022: "conference" asked for its simulcast without rids.
//
//   a=x-google-flag:conference

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct XGoogleFlag {
  static constexpr std::string_view kName = "x-google-flag";

  std::string_view flag;

  void Describe(Syntax& s) { s.Text("", flag, kNonSpace); }
};

}  // namespace koeru::sdp
