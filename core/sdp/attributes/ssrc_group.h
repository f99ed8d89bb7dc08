#pragma once

// RFC 5576 section 4.2: RTP streams that belong together.
//
//   a=ssrc-group:<semantics> [<ssrc-id> ...]
//   a=ssrc-group:FID 2231627014 632943048      a stream and its retransmissions (RFC 4588)
//   a=ssrc-group:SIM 1 2 3                     simulcast, the way of browsers before RFC 8853

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct SsrcGroup {
  static constexpr std::string_view kName = "ssrc-group";

  std::string_view semantics;
  std::vector<uint32_t> ssrcs;

  void Describe(Syntax& s) {
    s.Text("semantics", semantics, kToken);
    s.LedList("ssrcs", " ", ssrcs, [](Syntax& item, uint32_t& ssrc) { item.Number("", ssrc); });
  }
};

}  // namespace koeru::sdp
