#pragma once

// RTP and RTCP as a tree: the fixed header fields (RFC 3550 sections 5.1 and 6.4), told apart by
// the second byte (RFC 5761 section 4).

#include "core/inspect/tree.h"

namespace koeru::inspect {

Node InspectRtp(Bytes packet, size_t base);

}  // namespace koeru::inspect
