#pragma once

// Attributes of RFC 8866 section 6 that tell of the session as a whole or of its tools.
//
//   a=cat:<category>         6.1, obsolete      a=keywds:<keywords>      6.2, obsolete
//   a=tool:<name, version>   6.3                a=orient:portrait|landscape|seascape   6.8
//   a=type:<conference type> 6.9                a=charset:<character set>   6.10
//   a=sdplang:<language>     6.11               a=quality:<0 to 10>         6.14

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TextAttribute {
  std::string_view text;

  void Describe(Syntax& s) { s.Text("", text, kRest); }
};

struct Category : TextAttribute {
  static constexpr std::string_view kName = "cat";
};
struct Keywords : TextAttribute {
  static constexpr std::string_view kName = "keywds";
};
struct Tool : TextAttribute {
  static constexpr std::string_view kName = "tool";
};
struct ConferenceType : TextAttribute {
  static constexpr std::string_view kName = "type";
};
struct Charset : TextAttribute {
  static constexpr std::string_view kName = "charset";
};
struct SdpLang : TextAttribute {
  static constexpr std::string_view kName = "sdplang";
};

struct Orientation {
  static constexpr std::string_view kName = "orient";

  enum class Orient : uint8_t { kPortrait, kLandscape, kSeascape };
  Orient orient = Orient::kPortrait;

  void Describe(Syntax& s) { s.Word("", orient, "portrait|landscape|seascape"); }
};

struct Quality {
  static constexpr std::string_view kName = "quality";

  uint8_t quality = 0;

  void Describe(Syntax& s) { s.Number("", quality, 0, 10); }
};

}  // namespace koeru::sdp
