#pragma once

// RFC 5888 section 5: media sections that belong together.
//
//   a=group:<semantics> [<identification-tag> ...]
//   a=group:BUNDLE 0 1 2      on one transport (RFC 9143)
//   a=group:LS 0 1            played in lip synchronisation
//
// A group without tags is an answerer's: none of the offered sections is in it.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Group {
  static constexpr std::string_view kName = "group";

  std::string_view semantics;
  std::vector<std::string_view> mids;

  void Describe(Syntax& s) {
    s.Text("semantics", semantics, kToken);
    s.LedList("mids", " ", mids,
              [](Syntax& item, std::string_view& mid) { item.Text("", mid, kToken); });
  }
};

}  // namespace koeru::sdp
