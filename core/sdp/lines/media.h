#pragma once

// RFC 8866 section 5.14: the line with which a media section begins.
//
//   m=<media> <port>[/<number of ports>] <proto> <fmt> ...
//   m=audio 9 UDP/TLS/RTP/SAVPF 111 0
//   m=application 9 UDP/DTLS/SCTP webrtc-datachannel
//
// RFC 3264 section 6: port 0 refuses the medium (in a BUNDLE group it may also mean bundle-only).

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Media {
  static constexpr std::string_view kName = "m=";

  std::string_view media;
  uint32_t port = 9;
  std::optional<uint32_t> port_count;
  std::string_view protocol;
  // Payload types for RTP; anything else for other protocols.
  std::vector<std::string_view> formats;

  void Describe(Syntax& s) {
    s.Text("media", media, kToken);
    s.Literal(" ");
    s.Number("port", port, 0, 65535);
    s.OptionalNumber("portCount", "/", port_count, 1);
    s.Literal(" ");
    s.Text("protocol", protocol, kProtocol);
    s.Literal(" ");
    s.List("formats", " ", formats,
           [](Syntax& item, std::string_view& format) { item.Text("", format, kTokenOrNonSpace); });
  }
};

}  // namespace koeru::sdp
