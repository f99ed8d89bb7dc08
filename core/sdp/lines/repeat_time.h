#pragma once

// RFC 8866 section 5.10: a session that takes place again and again.
//
//   r=<repeat interval> <active duration> <offsets from start-time>
//   r=604800 3600 0 90000
//   r=7d 1h 0 25h
//
// Times are kept as text: "7d" and "604800" are the same time, written differently.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct RepeatTime {
  static constexpr std::string_view kName = "r=";

  std::string_view interval;
  std::string_view duration;
  std::vector<std::string_view> offsets;

  void Describe(Syntax& s) {
    s.Text("interval", interval, kRepeatInterval);
    s.Literal(" ");
    s.Text("duration", duration, kTypedTime);
    s.Literal(" ");
    s.List("offsets", " ", offsets,
           [](Syntax& item, std::string_view& time) { item.Text("", time, kTypedTime); });
  }
};

}  // namespace koeru::sdp
