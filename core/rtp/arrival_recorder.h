#pragma once

// Collects when packets came, by their transport-wide sequence numbers, for TransportFeedback.
//
//   ArrivalRecorder recorder(our_ssrc);
//   recorder.OnPacket(transport_sequence_number, media_ssrc, now);
//   if (auto feedback = recorder.Take()) AppendRtcp(writer, *feedback);    // every 50 ms or so
//
// One feedback has kMostPackets at most, and none further apart than a delta can tell: Take() is
// called until it gives nothing. Numbers that come after they were reported as lost are not told
// again.

#include <deque>
#include <optional>

#include "core/net/time.h"
#include "core/rtp/sequence_number.h"
#include "core/rtp/transport_feedback.h"

namespace koeru::rtp {

class ArrivalRecorder {
 public:
  // A feedback of so many fits in 1200 bytes, whatever came.
  static constexpr size_t kMostPackets = 400;
  // What waits to be told; the oldest go first.
  static constexpr size_t kMostWaiting = 4096;

  explicit ArrivalRecorder(uint32_t own_ssrc) : own_ssrc_(own_ssrc) {}

  void OnPacket(uint16_t transport_sequence_number, uint32_t media_ssrc, net::Instant now);
  std::optional<TransportFeedback> Take();

 private:
  struct Arrival {
    int64_t number = 0;
    int64_t ticks = 0;  // of 250 µs
  };

  const uint32_t own_ssrc_;
  uint32_t media_ssrc_ = 0;
  SequenceUnwrapper unwrap_;
  std::deque<Arrival> waiting_;  // ascending by number
  std::optional<int64_t> next_;  // behind the last that was told
  uint8_t feedback_count_ = 0;
};

}  // namespace koeru::rtp
