#pragma once

// "Send a whole picture": PLI (RFC 4585 section 6.3.1), because one cannot be decoded, and FIR (RFC
// 5104 section 4.3.1), because somebody new wants to see it.

#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct PictureLossIndication {
  static constexpr RtcpType kType = RtcpType::kPayloadFeedback;
  static constexpr uint8_t kFormat = 1;
  uint32_t sender_ssrc = 0;
  uint32_t media_ssrc = 0;

  static Result<PictureLossIndication> Decode(const RtcpPacket& packet);
  void Encode(Writer& writer) const;
};

// Section 4.3.1.1: the SSRC of the media source in front of the entries is 0.
struct FullIntraRequest {
  static constexpr RtcpType kType = RtcpType::kPayloadFeedback;
  static constexpr uint8_t kFormat = 4;
  struct Entry {
    uint32_t ssrc = 0;            // who shall send it
    uint8_t sequence_number = 0;  // one more for each new wish; the same again is the same wish
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  uint32_t sender_ssrc = 0;
  std::vector<Entry> entries = {};

  static Result<FullIntraRequest> Decode(const RtcpPacket& packet);
  void Encode(Writer& writer) const;
};

}  // namespace koeru::rtp
