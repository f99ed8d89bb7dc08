#pragma once

// RFC 5888 section 4: the name of a media section, by which groups and candidates speak of it.
//
//   a=mid:<identification-tag>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Mid {
  static constexpr std::string_view kName = "mid";

  std::string_view tag;

  void Describe(Syntax& s) { s.Text("", tag, kToken); }
};

}  // namespace koeru::sdp
