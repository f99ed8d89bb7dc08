#pragma once

// RFC 8839 section 5.2: the peer's candidates that ICE chose, in the controlling side's next offer.
//
//   a=remote-candidates:<component> <address> <port> ...

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct RemoteCandidate {
  uint16_t component = 1;
  std::string_view address;
  uint16_t port = 0;

  void Describe(Syntax& s) {
    s.Number("component", component, 1, 256);
    s.Literal(" ");
    s.Text("address", address, kNonSpace);
    s.Literal(" ");
    s.Number("port", port);
  }
};

struct RemoteCandidates {
  static constexpr std::string_view kName = "remote-candidates";

  std::vector<RemoteCandidate> candidates;

  void Describe(Syntax& s) { s.List("", " ", candidates); }
};

}  // namespace koeru::sdp
