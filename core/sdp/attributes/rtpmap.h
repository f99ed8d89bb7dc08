#pragma once

// RFC 8866 section 6.6: which codec an RTP payload type stands for.
//
//   a=rtpmap:<payload type> <encoding name>/<clock rate>[/<encoding parameters>]
//   a=rtpmap:111 opus/48000/2

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Rtpmap {
  static constexpr std::string_view kName = "rtpmap";

  uint8_t payload_type = 0;
  std::string_view encoding_name;  // its case does not matter
  uint32_t clock_rate = 0;         // Hz
  // For audio the number of channels, 1 when left out.
  std::optional<std::string_view> encoding_parameters;

  void Describe(Syntax& s) {
    s.Number("payloadType", payload_type, 0, 127);
    s.Literal(" ");
    s.Text("encodingName", encoding_name, kToken);
    s.Literal("/");
    s.Number("clockRate", clock_rate, 1);
    s.OptionalText("encodingParameters", "/", encoding_parameters, kChannels);
  }
};

}  // namespace koeru::sdp
