#pragma once

// RTX, a packet sent again in a stream of its own: RFC 4588 section 4.
//
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                         RTP Header                            |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |            OSN                |                               |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
//   |                  Original RTP Packet Payload                  |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
//   if (auto osn = OriginalSequenceNumber(*rtx)) size = RestoreOriginal(packet, *rtx, 96, ssrc);
//   size = WriteRtx(original, {.payload_type = 97, .sequence_number = n, .ssrc = ssrc}, buffer);

#include <optional>

#include "core/rtp/rtp_packet.h"

namespace koeru::media {

// Nullopt for padding alone, which probes the path.
std::optional<uint16_t> OriginalSequenceNumber(const rtp::RtpPacket& rtx);

// In place, without padding; `rtx` is the view of `packet`, and has an OSN. The size of what is
// now the original.
size_t RestoreOriginal(MutableBytes packet, const rtp::RtpPacket& rtx, uint8_t payload_type,
                       uint32_t ssrc);

struct RtxHeader {
  uint8_t payload_type = 0;
  uint16_t sequence_number = 0;
  uint32_t ssrc = 0;
};

// 0 when `original` is no packet or the buffer has less than two bytes more.
size_t WriteRtx(Bytes original, const RtxHeader& header, MutableBytes buffer);

}  // namespace koeru::media
