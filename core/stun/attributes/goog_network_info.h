#pragma once

// GOOG-NETWORK-INFO (0xC057, libwebrtc): which local network a connectivity check left by and what
// it costs. Registered with IANA, described by no RFC.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |          Network ID           |         Network Cost          |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct GoogNetworkInfo {
  static constexpr uint16_t kType = attribute_type::kGoogNetworkInfo;
  uint16_t network_id = 0;
  uint16_t network_cost = 0;

  static Result<GoogNetworkInfo> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const uint16_t network_id = r.U16();
    const uint16_t network_cost = r.U16();
    if (!r.AtEnd()) return ParseError{"GOOG-NETWORK-INFO is 4 bytes long", 0};
    return GoogNetworkInfo{network_id, network_cost};
  }
  void Encode(Writer& w, const TransactionId&) const {
    w.U16(network_id);
    w.U16(network_cost);
  }
};

}  // namespace koeru::stun
