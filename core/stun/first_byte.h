#pragma once

// What a datagram is, told by its first byte: RFC 7983 section 7 (TURN channels as RFC 8656
// section 12 narrowed them, QUIC as RFC 9443 added it).
//
//   +----------------+
//   |        [0..3] -+--> forward to STUN
//   |                |
//   |      [16..19] -+--> forward to ZRTP
//   |                |
//   |      [20..63] -+--> forward to DTLS
//   |                |
//   |      [64..79] -+--> forward to TURN channel (or QUIC)
//   |                |
//   |    [128..191] -+--> forward to RTP/RTCP
//   +----------------+

#include "core/bytes/reader.h"

namespace koeru::stun {

enum class PacketKind : uint8_t { kUnknown, kStun, kZrtp, kDtls, kTurnChannel, kRtp };

constexpr PacketKind KindOfFirstByte(uint8_t first) {
  if (first <= 3) return PacketKind::kStun;
  if (first >= 16 && first <= 19) return PacketKind::kZrtp;
  if (first >= 20 && first <= 63) return PacketKind::kDtls;
  if (first >= 64 && first <= 79) return PacketKind::kTurnChannel;
  if (first >= 128 && first <= 191) return PacketKind::kRtp;
  return PacketKind::kUnknown;
}

// An empty datagram is unknown.
constexpr PacketKind KindOf(Bytes datagram) {
  return datagram.empty() ? PacketKind::kUnknown : KindOfFirstByte(datagram[0]);
}

}  // namespace koeru::stun
