#pragma once

// RFC 3611 section 5.1: which RTCP extended reports this side would like to get.
//
//   a=rtcp-xr:[<format>[=<value>] ...]
//   a=rtcp-xr:rcvr-rtt=all:10 stat-summary=loss,dup,jitt
//
// Without any format: none is wanted.

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct RtcpXrFormat {
  std::string_view name;  // pkt-loss-rle, rcvr-rtt, stat-summary, voip-metrics, ...
  std::optional<std::string_view> value;

  void Describe(Syntax& s) {
    s.Text("name", name, kToken);
    s.OptionalText("value", "=", value, kNonSpace);
  }
};

struct RtcpXr {
  static constexpr std::string_view kName = "rtcp-xr";

  std::vector<RtcpXrFormat> formats;

  void Describe(Syntax& s) {
    if (s.Optional("formats", "", !formats.empty())) s.List("formats", " ", formats);
  }
};

}  // namespace koeru::sdp
