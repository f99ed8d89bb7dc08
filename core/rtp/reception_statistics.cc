#include "core/rtp/reception_statistics.h"

#include <algorithm>
#include <cstdlib>

namespace koeru::rtp {
namespace {

// In units of a clock, without overflow: seconds and their rest apart.
int64_t InUnits(net::Instant time, uint32_t clock_rate) {
  constexpr int64_t kSecond = 1'000'000'000;
  const int64_t ns = time.nanoseconds();
  return ns / kSecond * clock_rate + ns % kSecond * clock_rate / kSecond;
}

}  // namespace

void ReceptionStatistics::OnPacket(const RtpPacket& packet, net::Instant now) {
  const int64_t number = unwrap_(packet.sequence_number());
  // Section A.8: D(i,j) = (Rj - Ri) - (Sj - Si); the timestamp wraps, so only differences count.
  const int64_t arrival = InUnits(now, clock_rate_);
  const auto transit = static_cast<int64_t>(static_cast<uint32_t>(arrival) - packet.timestamp());
  if (received_ == 0) {
    first_ = number;
  } else {
    const int64_t difference =
        std::abs(int64_t{static_cast<int32_t>(static_cast<uint32_t>(transit - transit_))});
    jitter_ += difference - ((jitter_ + 8) >> 4);
  }
  transit_ = transit;
  // A packet from before the first one makes it the first: nothing was lost in front of it.
  first_ = std::min(first_, number);
  ++received_;
}

void ReceptionStatistics::OnSenderReport(const SenderReport& report, net::Instant now) {
  last_report_ = MiddleOfNtp(report.ntp_timestamp);
  last_report_at_ = now;
}

int64_t ReceptionStatistics::expected() const {
  return received_ == 0 ? 0 : *unwrap_.highest() - first_ + 1;
}

int64_t ReceptionStatistics::packets_lost() const {
  return expected() - static_cast<int64_t>(received_);
}

ReportBlock ReceptionStatistics::Report(net::Instant now) {
  ReportBlock block{.ssrc = ssrc_};
  // Section A.3.
  const int64_t expected_now = expected();
  const int64_t expected_interval = expected_now - expected_before_;
  const int64_t lost_interval =
      expected_interval - static_cast<int64_t>(received_ - received_before_);
  expected_before_ = expected_now;
  received_before_ = received_;
  if (expected_interval > 0 && lost_interval > 0) {
    block.fraction_lost =
        static_cast<uint8_t>(std::min<int64_t>(255, (lost_interval << 8) / expected_interval));
  }
  block.packets_lost =
      static_cast<int32_t>(std::clamp<int64_t>(packets_lost(), -0x800000, 0x7FFFFF));
  block.highest_sequence_number = unwrap_.highest() ? static_cast<uint32_t>(*unwrap_.highest()) : 0;
  block.jitter = jitter();
  if (last_report_ != 0) {
    block.last_sender_report = last_report_;
    const net::Duration delay = now - last_report_at_;
    block.delay_since_last_sender_report = static_cast<uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(delay).count() * 65536 / 1'000'000);
  }
  return block;
}

}  // namespace koeru::rtp
