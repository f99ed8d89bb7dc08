#pragma once

// RFC 6236 section 3.1: the picture sizes that a payload type can be sent or received in.
//
//   a=imageattr:<payload type> send <sets> [recv <sets>]
//   a=imageattr:97 send [x=[480:16:800],y=[320:16:640],par=[1.2-1.3],q=0.6] recv [x=330,y=250]
//   a=imageattr:* recv *
//
// Values are kept as they are written: a number, a range or a list in brackets.

#include "core/sdp/stream_direction.h"
#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct ImageParameter {
  std::string_view name;  // x, y, sar, par, q
  std::string_view value;

  void Describe(Syntax& s) {
    s.LenientSpaces();
    s.Text("name", name, kToken);
    s.Literal("=");
    s.Text("value", value, kBracketed);
  }
};

struct ImageSet {
  std::vector<ImageParameter> parameters;

  // Behind the opening bracket, which tells a set from what follows the last one.
  void Describe(Syntax& s) {
    s.List("", ",", parameters);
    s.RequireIfStrict(
        parameters.size() >= 2 && parameters[0].name == "x" && parameters[1].name == "y", "",
        "expected x= and y= first");
    s.Literal("]");
  }
};

struct ImageDirection {
  StreamDirection direction = StreamDirection::kSend;
  bool any = false;  // "*"
  std::vector<ImageSet> sets;

  void Describe(Syntax& s) {
    s.Word("direction", direction, kStreamDirections);
    s.Flag("any", " *", any);
    if (any) return;
    s.Literal(" [");
    s.List("sets", " [", sets);
  }
};

struct Imageattr {
  static constexpr std::string_view kName = "imageattr";

  std::string_view payload_type;  // digits or "*"
  std::vector<ImageDirection> directions;

  void Describe(Syntax& s) {
    s.Text("payloadType", payload_type, kDigitsOrStar);
    s.Literal(" ");
    s.List("directions", " ", directions, Syntax::AtMost{2});
    s.Require(directions.size() != 2 || directions[0].direction != directions[1].direction,
              "directions", "the same direction twice");
  }
};

}  // namespace koeru::sdp
