#pragma once

// When transport-wide feedback is sent: kInterval after the first packet that it tells of, at once
// when there are kMany. draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.
//
//   ArrivalFeedback feedback;
//   feedback.OnPacket(transport_sequence_number, ssrc, now);
//   if (now >= feedback.NextDeadline()) feedback.Write(own_ssrc, out);

#include "core/media/compound.h"
#include "core/rtp/arrival_recorder.h"

namespace koeru::media {

class ArrivalFeedback {
 public:
  static constexpr net::Duration kInterval = std::chrono::milliseconds(50);
  static constexpr size_t kMany = 100;

  void OnPacket(uint16_t transport_sequence_number, uint32_t ssrc, net::Instant now) {
    recorder_.OnPacket(transport_sequence_number, ssrc, now);
    ++waiting_;
    if (waiting_ == 1) due_ = now + kInterval;
    if (waiting_ >= kMany) due_ = now;
  }
  // Instant::Max() when there is nothing to tell.
  net::Instant NextDeadline() const { return waiting_ == 0 ? net::Instant::Max() : due_; }

  void Write(uint32_t own_ssrc, CompoundWriter& out);
  uint64_t count() const { return count_; }

 private:
  rtp::ArrivalRecorder recorder_{0};
  size_t waiting_ = 0;
  net::Instant due_;
  uint64_t count_ = 0;
};

}  // namespace koeru::media
