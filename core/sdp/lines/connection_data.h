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
  // What stands behind the slashes: for IPv4 a time to live, then for both a number of addresses.
  std::vector<uint32_t> multicast;

  void Describe(Syntax& s) {
    s.Text("networkType", network_type, kToken);
    s.Literal(" ");
    s.Text("addressType", address_type, kToken);
    s.Literal(" ");
    s.Text("address", address, kWordUpToSlash);
    const bool is_ip4 = address_type == "IP4";
    s.LedList(
        "multicast", "/", multicast,
        [&](Syntax& item, uint32_t& number) {
          if (is_ip4 && &number == multicast.data()) return item.Number("", number, 0, 255);
          item.Number("", number, 1);
        },
        Syntax::AtMost{is_ip4 ? 2u : 1u});
  }
};

}  // namespace koeru::sdp
