#pragma once

// RFC 8866 section 5.1: v=0. There is no other version.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Version {
  static constexpr std::string_view kName = "v=";

  uint32_t version = 0;

  void Describe(Syntax& s) { s.Number("", version); }
};

}  // namespace koeru::sdp
