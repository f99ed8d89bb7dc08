#pragma once

// RFC 8866 section 5.9: when the session takes place, in seconds since 1900 (NTP); "0 0" is always.
//
//   t=<start-time> <stop-time>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Timing {
  static constexpr std::string_view kName = "t=";

  uint64_t start_time = 0;
  uint64_t stop_time = 0;

  void Describe(Syntax& s) {
    s.Number("startTime", start_time);
    s.Literal(" ");
    s.Number("stopTime", stop_time);
  }
};

}  // namespace koeru::sdp
