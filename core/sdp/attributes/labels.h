#pragma once

// Names and descriptions for people and programs.
//
//   a=label:1                RFC 4574 section 4
//   a=content:slides,main    RFC 4796 section 5
//   a=lang:de                RFC 8866 section 6.12

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Label {
  static constexpr std::string_view kName = "label";

  std::string_view label;

  void Describe(Syntax& s) { s.Text("", label, kTokenOrRest); }
};

struct Content {
  static constexpr std::string_view kName = "content";

  std::vector<std::string_view> tags;

  void Describe(Syntax& s) {
    s.List("", ",", tags,
           [](Syntax& item, std::string_view& tag) { item.Text("", tag, kListedWord); });
  }
};

struct Lang {
  static constexpr std::string_view kName = "lang";

  std::string_view tag;  // RFC 5646

  void Describe(Syntax& s) { s.Text("", tag, kLanguage); }
};

}  // namespace koeru::sdp
