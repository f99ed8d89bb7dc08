#pragma once

// Takes the link layer off a captured frame: Ethernet with VLAN tags (IEEE 802.1Q), Linux cooked
// capture v1 and v2, raw IP, BSD null and loopback.

#include "core/bytes/reader.h"

namespace koeru::capture {

enum class LinkOutcome { kIp, kNotIp, kCutShort };

struct LinkPayload {
  LinkOutcome outcome = LinkOutcome::kNotIp;
  Bytes ip;
};

// `link_type`: the number in the capture, or libpcap's DLT_ number; see IsKnownLinkType().
LinkPayload StripLinkLayer(int link_type, Bytes frame);

bool IsKnownLinkType(int link_type);

}  // namespace koeru::capture
