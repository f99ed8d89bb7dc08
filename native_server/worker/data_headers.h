#pragma once

// Headers that are written in front of a payload without touching it: ChannelData (RFC 8656
// section 12.4) and Data indications (section 11.4).

#include "core/bytes/reader.h"
#include "core/net/address.h"
#include "core/stun/transaction_id.h"

namespace koeru::server {

inline constexpr size_t kChannelDataHeaderSize = 4;
// STUN header, XOR-PEER-ADDRESS with an IPv6 address, and the header of DATA.
inline constexpr size_t kMaxDataHeaderSize = 20 + (4 + 20) + 4;

// The channel number and the payload's length, as they stand on the wire.
void WriteChannelDataHeader(MutableBytes header, uint16_t channel, size_t payload_size);

// The size of a Data indication's header for a peer of that family.
constexpr size_t DataIndicationHeaderSize(net::Family family) {
  return 20 + 4 + (family == net::Family::kIpv6 ? 20 : 8) + 4;
}
// Everything of a Data indication up to its payload. Behind the payload stands zero padding up to
// a multiple of 4: `payload_size` counts without it.
void WriteDataIndicationHeader(MutableBytes header, const net::Endpoint& peer,
                               const stun::TransactionId& id, size_t payload_size);

// RFC 8489 section 14: attributes are padded to 4 bytes.
constexpr size_t PaddingOf(size_t size) { return (4 - size % 4) % 4; }

}  // namespace koeru::server
