#pragma once

// RFC 4585 section 4.2: which RTCP feedback a payload type takes; "*" is all of them.
//
//   a=rtcp-fb:<payload type> <type> [<parameter>]
//   a=rtcp-fb:96 nack pli
//   a=rtcp-fb:* ccm tmmbr smaxpr=120    (RFC 5104 section 7.1)

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct RtcpFeedback {
  static constexpr std::string_view kName = "rtcp-fb";

  std::string_view payload_type;  // digits or "*"
  std::string_view type;          // ack, nack, ccm, trr-int, transport-cc, goog-remb, ...
  std::optional<std::string_view> parameter;

  void Describe(Syntax& s) {
    s.Text("payloadType", payload_type, kDigitsOrStar);
    s.Literal(" ");
    s.Text("type", type, kFeedbackType);
    s.OptionalText("parameter", " ", parameter, kRest);
  }
};

}  // namespace koeru::sdp
