#pragma once

// RFC 5576 section 4.1: what is known of one RTP stream, by its synchronisation source.
//
//   a=ssrc:<ssrc-id> <attribute>[:<value>]
//   a=ssrc:314159 cname:user3f5b7a

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Ssrc {
  static constexpr std::string_view kName = "ssrc";

  uint32_t id = 0;
  std::string_view attribute;
  std::optional<std::string_view> value;

  void Describe(Syntax& s) {
    s.Number("id", id);
    s.Literal(" ");
    s.Text("attribute", attribute, kAttributeName);
    s.OptionalText("value", ":", value, kRestOrEmpty);
  }
};

}  // namespace koeru::sdp
