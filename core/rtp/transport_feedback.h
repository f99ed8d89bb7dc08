#pragma once

// Transport-wide congestion control: which packets came, and when, for the sender's estimate of the
// path: draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.
//
//   |                     SSRC of packet sender                     |
//   |                      SSRC of media source                     |
//   |      base sequence number     |      packet status count      |
//   |                 reference time                | fb pkt. count |
//   |          packet chunk         |         packet chunk          |
//   |  recv delta   |  recv delta   | ...
//
//   chunk of a run:     |0| S |       run length        |     S 0: not received, 1: received, delta
//   chunk of a vector:  |1|0|   14 symbols of 1 bit     |       of 8 bits; 2: received, delta of 16
//                       |1|1|    7 symbols of 2 bits    |       bits, signed

#include <optional>
#include <vector>

#include "core/rtp/rtcp_packet.h"

namespace koeru::rtp {

struct TransportFeedback {
  static constexpr RtcpType kType = RtcpType::kTransportFeedback;
  static constexpr uint8_t kFormat = 15;
  // A tick is 250 µs; the reference time is a multiple of 64 ms.
  static constexpr int64_t kTicksPerReference = 256;
  static constexpr size_t kMostPackets = 0xFFFF;

  uint32_t sender_ssrc = 0;
  uint32_t media_ssrc = 0;
  uint16_t base_sequence_number = 0;
  uint8_t feedback_count = 0;  // of this kind of packet, to see when one was lost
  int32_t reference_time = 0;  // in 64 ms, 24 bits, signed; an origin of the receiver's own
  // Of base_sequence_number and those after it: when it came, in ticks since the reference time's
  // origin; nothing where it has not come.
  std::vector<std::optional<int64_t>> arrivals = {};

  static Result<TransportFeedback> Decode(const RtcpPacket& packet);
  // Fails when an arrival is more than 8.19 s from the one before (or from the reference time).
  void Encode(Writer& writer) const;
};

}  // namespace koeru::rtp
