#pragma once

// Data channels over SCTP.
//
//   a=sctp-port:5000                                RFC 8841 section 5
//   a=max-message-size:262144                       RFC 8841 section 6, bytes; 0 is any size
//   a=sctpmap:5000 webrtc-datachannel 1024          draft-ietf-mmusic-sctp-sdp-05, before that

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct SctpPort {
  static constexpr std::string_view kName = "sctp-port";

  uint16_t port = 5000;

  void Describe(Syntax& s) { s.Number("", port); }
};

struct MaxMessageSize {
  static constexpr std::string_view kName = "max-message-size";

  uint64_t bytes = 0;

  void Describe(Syntax& s) { s.Number("", bytes); }
};

struct Sctpmap {
  static constexpr std::string_view kName = "sctpmap";

  uint16_t port = 5000;
  std::string_view app;
  std::optional<uint32_t> streams;

  void Describe(Syntax& s) {
    s.Number("port", port);
    s.Literal(" ");
    s.Text("app", app, kNonSpace);
    s.OptionalNumber("streams", " ", streams);
  }
};

}  // namespace koeru::sdp
