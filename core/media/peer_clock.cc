#include "core/media/peer_clock.h"

#include "core/media/clock_units.h"

namespace koeru::media {

void PeerClock::OnSenderReport(const rtp::SenderReport& report, rtp::NtpTime wall) {
  const net::Duration ahead = rtp::Between({report.ntp_timestamp}, wall);
  if (!ahead_ || ahead - *ahead_ > kMostChange || *ahead_ - ahead > kMostChange) ahead_ = ahead;
}

uint32_t SourceClock::TimestampAt(rtp::NtpTime wall, net::Instant now, uint32_t clock_rate,
                                  const PeerClock& clock) const {
  if (report_ && clock.ahead()) {
    const net::Duration since = rtp::Between({report_->ntp_timestamp}, wall) - *clock.ahead();
    return report_->rtp_timestamp + static_cast<uint32_t>(ClockUnits(since, clock_rate));
  }
  return packet_.timestamp + static_cast<uint32_t>(ClockUnits(now - packet_.at, clock_rate));
}

}  // namespace koeru::media
