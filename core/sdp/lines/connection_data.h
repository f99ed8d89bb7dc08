#pragma once

// RFC 8866 section 5.7: where media are to be sent, unless ICE finds it out.
//
//   c=<nettype> <addrtype> <connection-address>
//   c=IN IP4 233.252.0.1/127/3          multicast: /<ttl>[/<number of addresses>]
//   c=IN IP6 ff00::db8:0:101/3          multicast: /<number of addresses>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct ConnectionData {
  static constexpr std::string_view kName = "c=";

  std::string_view network_type = "IN";
  std::string_view address_type = "IP4";
  std::string_view address;
  // What stands behind the slashes, in order.
  std::vector<uint32_t> multicast;

  void Describe(Syntax& s) {
    s.Text("networkType", network_type, kToken);
    s.Literal(" ");
    s.Text("addressType", address_type, kToken);
    s.Literal(" ");
    s.Text("address", address, kWordUpToSlash);
    s.LedList("multicast", "/", multicast,
              [](Syntax& item, uint32_t& number) { item.Number("", number); });
  }
};

}  // namespace koeru::sdp
