#pragma once

// RFC 3605 section 2.1: the port of RTCP where it is not the next one after RTP's.
//
//   a=rtcp:<port> [<nettype> <addrtype> <connection-address>]
//   a=rtcp:9 IN IP4 0.0.0.0

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct Rtcp {
  static constexpr std::string_view kName = "rtcp";

  uint16_t port = 9;
  std::optional<std::string_view> network_type;
  // Present together with the network type.
  std::string_view address_type;
  std::string_view address;

  void Describe(Syntax& s) {
    s.Number("port", port);
    if (!s.Optional("networkType", " ", network_type.has_value())) return;
    if (!network_type) network_type.emplace();
    s.Text("networkType", *network_type, kToken);
    s.Literal(" ");
    s.Text("addressType", address_type, kToken);
    s.Literal(" ");
    s.Text("address", address, kNonSpace);
  }
};

}  // namespace koeru::sdp
