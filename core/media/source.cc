#include "core/media/source.h"

#include <algorithm>

namespace koeru::media {
namespace {

// So far ahead a retransmission may be of its source's newest packets.
constexpr int64_t kMostAhead = 100;

}  // namespace

Source::Source(uint32_t ssrc, Section& section, bool is_rtx, uint32_t clock_rate)
    : statistics(ssrc, clock_rate),
      ssrc_(ssrc),
      section_(&section),
      is_rtx_(is_rtx),
      clock_rate_(clock_rate) {}

Source::Taken Source::Take(uint16_t sequence_number, net::Instant now) {
  last_at_ = now;
  nack_credit = std::min(nack_credit + kNackCreditPerPacket, kNackCredit);
  const int64_t number = unwrap_(sequence_number);
  const Taken taken{window_.Add(number), number};
  if (taken.arrival == SequenceWindow::Arrival::kNew && !is_rtx_) {
    missing.OnPacket(sequence_number, now);
  }
  return taken;
}

Source::Taken Source::TakePacket(const rtp::RtpPacket& packet, net::Instant now) {
  const Taken taken = Take(packet.sequence_number(), now);
  // A very old one would make all behind it seem lost.
  if (taken.arrival == SequenceWindow::Arrival::kNew) statistics.OnPacket(packet, now);
  return taken;
}

Source::Taken Source::TakeRestored(uint16_t sequence_number, net::Instant now) {
  return Take(sequence_number, now);
}

bool Source::Lacks(uint16_t sequence_number) const {
  if (!window_.highest()) return false;
  const int64_t highest = *window_.highest();
  const int64_t number =
      highest + static_cast<int16_t>(sequence_number - static_cast<uint16_t>(highest));
  return window_.IsOpen(number) || (number > highest && number - highest <= kMostAhead);
}

}  // namespace koeru::media
