#pragma once

// SDES with a CNAME, and BYE: RFC 3550 sections 6.5 and 6.6. A compound packet has a CNAME (section
// 6.1); nothing else of SDES is of use to WebRTC.

#include <string_view>
#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct SourceDescription {
  static constexpr RtcpType kType = RtcpType::kSourceDescription;
  uint32_t ssrc = 0;
  std::string_view cname;  // a view into what was decoded

  // Of the first chunk.
  static Result<SourceDescription> Decode(const RtcpPacket& packet);
  uint8_t Format() const { return 1; }
  void Encode(Writer& writer) const;
};

struct Bye {
  static constexpr RtcpType kType = RtcpType::kBye;
  std::vector<uint32_t> ssrcs = {};

  static Result<Bye> Decode(const RtcpPacket& packet);
  uint8_t Format() const { return static_cast<uint8_t>(ssrcs.size()); }
  void Encode(Writer& writer) const;
};

}  // namespace koeru::rtp
