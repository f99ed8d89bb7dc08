#pragma once

// DTLS records as a tree: the headers only, because all behind the handshake is encrypted. RFC 6347
// section 4.1 (DTLS 1.2), RFC 9147 section 4 (DTLS 1.3's unified header).

#include "core/inspect/tree.h"

namespace koeru::inspect {

Node InspectDtls(Bytes datagram, size_t base);

}  // namespace koeru::inspect
