#pragma once

// The header extensions of a section, and what becomes of them on the way back: RFC 8285.
//
//   Extensions extensions(media);
//   auto number = extensions.TransportSequenceNumberOf(*view);
//   if (extensions.Rewrite(packet, *view, {next_number, AbsoluteSendTime(now)})) ++next_number;
//
// mid (RFC 9143), audio level (RFC 6464) and orientation stay. The transport-wide sequence number
// and the absolute send time are the sender's own. All else becomes padding, which is legal
// anywhere between elements (RFC 8285 section 4.2).

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/net/time.h"
#include "core/rtp/header_extension.h"
#include "core/sdp/answer/answer.h"

namespace koeru::media {

// What belongs to each sending of a packet.
struct Stamp {
  uint16_t transport_sequence_number = 0;
  uint32_t absolute_send_time = 0;
};

// Seconds with 18 bits behind the point and 6 before it.
constexpr uint32_t AbsoluteSendTime(net::Instant now) {
  constexpr uint64_t kSecond = 1'000'000'000;
  const uint64_t ns = static_cast<uint64_t>(now.nanoseconds()) % (64 * kSecond);
  return static_cast<uint32_t>((ns << 18) / kSecond) & 0xFFFFFF;
}

class Extensions {
 public:
  explicit Extensions(const sdp::AnsweredMedia& media);

  // The id of mid; 0: it was not agreed on.
  uint8_t mid_id() const { return mid_id_; }

  std::optional<uint16_t> TransportSequenceNumberOf(const rtp::RtpPacket& packet) const;

  // `view` is of `packet`. True: the transport-wide sequence number was written.
  bool Rewrite(MutableBytes packet, const rtp::RtpPacket& view, const Stamp& stamp) const;

  // For packets of our own: what stands behind the fixed header, with the mid, and with room for
  // what Rewrite() fills in. Empty when none of these was agreed on.
  std::vector<uint8_t> NewBlock(std::string_view mid) const;

 private:
  enum class Use : uint8_t { kBlank, kKeep, kTransportSequenceNumber, kAbsoluteSendTime };

  std::array<Use, 256> use_by_id_{};
  uint8_t mid_id_ = 0;
  uint8_t transport_id_ = 0;
  uint8_t send_time_id_ = 0;
};

}  // namespace koeru::media
