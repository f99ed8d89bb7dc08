#pragma once

// How much media a packet holds, and how many pictures a second there are.
//
//   a=ptime:20           RFC 8866 section 6.4, milliseconds that this side would like to get
//   a=maxptime:120       RFC 8866 section 6.5, milliseconds at most
//   a=framerate:29.97    RFC 8866 section 6.13, a second
//   a=framesize:96 176-144   3GPP TS 26.234 section 5.3.3.2 (RFC 6064), pixels of a payload type

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Ptime {
  static constexpr std::string_view kName = "ptime";

  std::string_view milliseconds;

  void Describe(Syntax& s) { s.Decimal("", milliseconds); }
};

struct Maxptime {
  static constexpr std::string_view kName = "maxptime";

  std::string_view milliseconds;

  void Describe(Syntax& s) { s.Decimal("", milliseconds); }
};

struct Framerate {
  static constexpr std::string_view kName = "framerate";

  std::string_view frames_per_second;

  void Describe(Syntax& s) { s.Decimal("", frames_per_second); }
};

struct Framesize {
  static constexpr std::string_view kName = "framesize";

  uint8_t payload_type = 0;
  uint32_t width = 0;
  uint32_t height = 0;

  void Describe(Syntax& s) {
    s.Number("payloadType", payload_type, 0, 127);
    s.Literal(" ");
    s.Number("width", width);
    s.Literal("-");
    s.Number("height", height);
  }
};

}  // namespace koeru::sdp
