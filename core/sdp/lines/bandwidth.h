#pragma once

// RFC 8866 section 5.8: how much a session or a medium may use.
//
//   b=<bwtype>:<bandwidth>
//   b=AS:512        kilobits per second, with IP and UDP headers (RFC 8866 section 5.8)
//   b=TIAS:500000   bits per second, without them (RFC 3890 section 6.2)
//   b=RS:600 b=RR:800   bits per second of RTCP (RFC 3556 section 2)

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Bandwidth {
  static constexpr std::string_view kName = "b=";

  std::string_view type;
  uint64_t bandwidth = 0;

  void Describe(Syntax& s) {
    s.Text("type", type, kToken);
    s.Literal(":");
    s.LenientSpaces();
    s.Number("bandwidth", bandwidth);
  }
};

}  // namespace koeru::sdp
