#pragma once

// Generic NACK: RFC 4585 section 6.2.1. "please send these packets again".
//
//   |                  SSRC of packet sender                        |
//   |                  SSRC of media source                         |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |            PID                |             BLP               |  any number of these
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// PID is a sequence number; bit i of BLP means PID + i + 1, too.

#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct Nack {
  static constexpr RtcpType kType = RtcpType::kTransportFeedback;
  static constexpr uint8_t kFormat = 1;
  uint32_t sender_ssrc = 0;
  uint32_t media_ssrc = 0;
  // In the order in which they are to be asked for; ascending ones share an entry.
  std::vector<uint16_t> sequence_numbers = {};

  static Result<Nack> Decode(const RtcpPacket& packet);
  void Encode(Writer& writer) const;
};

}  // namespace koeru::rtp
