#pragma once

// REMB, what a receiver believes that the path to it carries: draft-alvestrand-rmcat-remb-03.
//
//   |                  SSRC of packet sender                        |
//   |                  SSRC of media source (0)                     |
//   |  'R'          |  'E'          |  'M'          |  'B'          |
//   |  Num SSRC     | BR Exp    |  BR Mantissa                      |
//   |   SSRC feedback, as many as that says                         |

#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct Remb {
  static constexpr RtcpType kType = RtcpType::kPayloadFeedback;
  static constexpr uint8_t kFormat = 15;  // "application layer feedback"
  uint32_t sender_ssrc = 0;
  uint64_t bitrate = 0;  // bit/s; written with 18 significant bits, never as more than it is
  std::vector<uint32_t> ssrcs = {};

  // An error for other application layer feedback, too.
  static Result<Remb> Decode(const RtcpPacket& packet);
  void Encode(Writer& writer) const;
};

}  // namespace koeru::rtp
