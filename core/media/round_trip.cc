#include "core/media/round_trip.h"

#include <algorithm>

namespace koeru::media {

void RoundTrip::OnSent(uint64_t ntp_timestamp, net::Instant now) {
  sent_[next_] = {rtp::MiddleOfNtp(ntp_timestamp), now};
  next_ = (next_ + 1) % sent_.size();
}

void RoundTrip::OnReport(const rtp::ReportBlock& block, net::Instant now) {
  if (block.last_sender_report == 0) return;
  const auto sent = std::find_if(sent_.begin(), sent_.end(), [&](const Sent& report) {
    return report.middle_of_ntp == block.last_sender_report;
  });
  if (sent == sent_.end()) return;
  // In 1/65536 s.
  const net::Duration held(int64_t{block.delay_since_last_sender_report} * 1'000'000'000 / 65536);
  const net::Duration measured = std::clamp(now - sent->at - held, net::Duration::zero(), kLongest);
  value_ = value_ ? (*value_ * 7 + measured) / 8 : measured;
}

}  // namespace koeru::media
