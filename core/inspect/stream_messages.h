#pragma once

// Messages one after the other, as a TCP stream has them (RFC 8489 section 6.2.2, RFC 8656 section
// 12.5).

#include <vector>

#include "core/bytes/reader.h"

namespace koeru::inspect {

// Views of `bytes`, ChannelData without its padding. Empty unless messages fill the bytes from
// start to end and one of them at least is STUN or ChannelData by a strict look (datagram_kind.h).
std::vector<Bytes> StreamMessages(Bytes bytes);

}  // namespace koeru::inspect
