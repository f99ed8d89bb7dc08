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
    DescribeTime(s, "startTime", start_time);
    s.Literal(" ");
    DescribeTime(s, "stopTime", stop_time);
  }

 private:
  // RFC 8866 section 9: time = POS-DIGIT 9*DIGIT, or "0".
  static void DescribeTime(Syntax& s, std::string_view name, uint64_t& time) {
    s.Number(name, time);
    s.RequireIfStrict(time == 0 || time >= 1'000'000'000, name,
                      "expected 0, or seconds since 1900 in ten digits or more");
  }
};

}  // namespace koeru::sdp
