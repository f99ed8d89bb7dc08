#pragma once

// One source of the peer: an SSRC in a section, and what is known of it.
//
//   Source source(ssrc, section, is_rtx, clock_rate);
//   source.TakePacket(*packet, now).arrival           // new, came before, or too old
//   source.TakeRestored(number, now)                  // the same for one that RTX brought back

#include <optional>

#include "core/media/peer_clock.h"
#include "core/media/picture_wish.h"
#include "core/media/sequence_window.h"
#include "core/rtp/missing_packets.h"
#include "core/rtp/reception_statistics.h"

namespace koeru::media {

class Section;

class Source {
 public:
  Source(uint32_t ssrc, Section& section, bool is_rtx, uint32_t clock_rate);

  uint32_t ssrc() const { return ssrc_; }
  Section& section() const { return *section_; }
  bool is_rtx() const { return is_rtx_; }
  uint32_t clock_rate() const { return clock_rate_; }

  struct Taken {
    SequenceWindow::Arrival arrival;
    int64_t number = 0;  // without wrapping
  };
  // A packet of its own; a new one is counted in its statistics.
  Taken TakePacket(const rtp::RtpPacket& packet, net::Instant now);
  // One that came as RTX: it fills a gap, and says nothing of the path.
  Taken TakeRestored(uint16_t sequence_number, net::Instant now);
  // RTX with that number would be of use: it has not come, or it may be the last ones, which
  // nothing was behind to show that they are missing.
  bool Lacks(uint16_t sequence_number) const;

  bool has_packets() const { return statistics.has_packets(); }
  net::Instant last_at() const { return last_at_; }

  rtp::ReceptionStatistics statistics;
  rtp::MissingPackets missing;
  SourceClock clock;
  PictureWish picture_wish;
  uint8_t fir_sequence_number = 0;
  uint8_t payload_type = 0;  // the last one of media
  double fraction_lost = 0;  // of our last report
  // How many numbers may be asked for: so many for each packet that comes.
  uint32_t nack_credit = kNackCredit;
  static constexpr uint32_t kNackCredit = 500;
  static constexpr uint32_t kNackCreditPerPacket = 2;
  // Where no retransmission was agreed on, a gap is a reason for a picture, once.
  std::optional<uint16_t> newest_gap = {};

 private:
  Taken Take(uint16_t sequence_number, net::Instant now);

  const uint32_t ssrc_;
  Section* const section_;
  const bool is_rtx_;
  const uint32_t clock_rate_;
  rtp::SequenceUnwrapper unwrap_;
  SequenceWindow window_;
  net::Instant last_at_;
};

}  // namespace koeru::media
