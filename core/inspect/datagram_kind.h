#pragma once

// What a datagram or a message is, judged strictly: its port may be that of any protocol.
//
//   KindOf(datagram)       // "STUN", "ChannelData", "DTLS", "RTP", "RTCP" or "other"

#include <string_view>

#include "core/bytes/reader.h"

namespace koeru::inspect {

// RFC 8489 section 5: by the magic cookie.
bool IsStun(Bytes bytes);
// An allowed channel number, and a length that fits the datagram (RFC 8656 section 12.4).
bool IsChannelData(Bytes bytes);
// RFC 7983 section 7 and, for RTCP, RFC 5761 section 4.
std::string_view KindOf(Bytes bytes);

// RFC 8446 section 5.1: a handshake record, version 3.x.
bool LooksLikeTls(Bytes bytes);

}  // namespace koeru::inspect
