#pragma once

// What RTSP adds to a description (RFC 7826 appendix D).
//
//   a=control:track1                  D.1.1: the URI to control this stream with
//   a=range:npt=0-7.741               D.1.6: how long it is

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Control {
  static constexpr std::string_view kName = "control";

  std::string_view uri;

  void Describe(Syntax& s) { s.Text("", uri, kRestOrEmpty); }
};

struct Range {
  static constexpr std::string_view kName = "range";

  std::string_view unit;  // npt, smpte, clock
  std::string_view value;

  void Describe(Syntax& s) {
    s.Text("unit", unit, kWordUpToEquals);
    s.Literal("=");
    s.Text("value", value, kRestOrEmpty);
  }
};

}  // namespace koeru::sdp
