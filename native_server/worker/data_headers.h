#pragma once

// The header of a Data indication (RFC 8656 section 11.4), written in front of a payload without
// touching it. That of ChannelData is core/turn/channel_data.h's.

#include "core/bytes/reader.h"
#include "core/net/address.h"
#include "core/stun/transaction_id.h"

namespace koeru::server {

// The size of a Data indication's header for a peer of that family.
constexpr size_t DataIndicationHeaderSize(net::Family family) {
  return 20 + 4 + (family == net::Family::kIpv6 ? 20 : 8) + 4;
}
// Everything of a Data indication up to its payload. Behind the payload stands zero padding up to
// a multiple of 4: `payload_size` counts without it.
void WriteDataIndicationHeader(MutableBytes header, const net::Endpoint& peer,
                               const stun::TransactionId& id, size_t payload_size);

}  // namespace koeru::server
