#pragma once

// Attributes of RFC 8866 section 6 that tell of the session as a whole or of its tools.
//
//   a=cat:<category>         6.1, obsolete      a=keywds:<keywords>      6.2, obsolete
//   a=tool:<name, version>   6.3                a=orient:portrait|landscape|seascape   6.8
//   a=type:<conference type> 6.9                a=charset:<character set>   6.10
//   a=sdplang:<language>     6.11               a=quality:<number>         6.14

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct TextAttribute {
  std::string_view text;

  void Describe(Syntax& s) { s.Text("", text, kRestOrEmpty); }
};

struct Category {
  static constexpr std::string_view kName = "cat";

  std::string_view category;

  void Describe(Syntax& s) { s.Text("", category, kCategory); }
};
struct Keywords : TextAttribute {
  static constexpr std::string_view kName = "keywds";
};
struct Tool : TextAttribute {
  static constexpr std::string_view kName = "tool";
};
struct ConferenceType {
  static constexpr std::string_view kName = "type";

  std::string_view type;

  void Describe(Syntax& s) {
    s.Text("", type, kRest);
    s.RequireIfStrict(MeasureListed(type, "broadcast|meeting|moderated|test|H332") > 0, "",
                      "expected one of broadcast|meeting|moderated|test|H332");
  }
};
struct Charset {
  static constexpr std::string_view kName = "charset";

  std::string_view name;

  void Describe(Syntax& s) { s.Text("", name, kNonSpace); }
};
struct SdpLang {
  static constexpr std::string_view kName = "sdplang";

  std::string_view tag;  // RFC 5646

  void Describe(Syntax& s) { s.Text("", tag, kLanguage); }
};

struct Orientation {
  static constexpr std::string_view kName = "orient";

  enum class Orient : uint8_t { kPortrait, kLandscape, kSeascape };
  Orient orient = Orient::kPortrait;

  void Describe(Syntax& s) { s.Word("", orient, "portrait|landscape|seascape"); }
};

struct Quality {
  static constexpr std::string_view kName = "quality";

  // For video 0 to 10; other media may have other scales.
  uint32_t quality = 0;

  void Describe(Syntax& s) { s.Number("", quality); }
};

}  // namespace koeru::sdp
