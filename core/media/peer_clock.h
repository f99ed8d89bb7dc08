#pragma once

// Which moment of a source is which moment of ours: RFC 3550 section 6.4.1 has the receiver put
// sound and picture together by the pairs of NTP and RTP timestamps in sender reports.
//
//   PeerClock clock;                                    // one for all sources of a peer
//   SourceClock source;                                 // one for each
//   clock.OnSenderReport(report, wall); source.OnSenderReport(report);
//   uint32_t timestamp = source.TimestampAt(wall, now, clock_rate, clock);
//
// The distance of the two wall clocks is measured once and then the same for all sources, so that
// what was in step stays in step. It is measured anew when the peer's clock was set.

#include <optional>

#include "core/net/time.h"
#include "core/rtp/ntp_time.h"
#include "core/rtp/report.h"

namespace koeru::media {

class PeerClock {
 public:
  // A report that is farther off than that came from a clock that was set.
  static constexpr net::Duration kMostChange = std::chrono::seconds(1);

  void OnSenderReport(const rtp::SenderReport& report, rtp::NtpTime wall);
  // How much our clock is ahead, the way of the report included.
  std::optional<net::Duration> ahead() const { return ahead_; }

 private:
  std::optional<net::Duration> ahead_;
};

class SourceClock {
 public:
  void OnSenderReport(const rtp::SenderReport& report) {
    report_ = {report.ntp_timestamp, report.rtp_timestamp};
  }
  void OnPacket(uint32_t timestamp, net::Instant now) { packet_ = {timestamp, now}; }

  // The source's timestamp at our moment `wall`, which is `now`; before its first sender report by
  // its last packet.
  uint32_t TimestampAt(rtp::NtpTime wall, net::Instant now, uint32_t clock_rate,
                       const PeerClock& clock) const;

 private:
  struct Report {
    uint64_t ntp_timestamp = 0;
    uint32_t rtp_timestamp = 0;
  };
  struct Packet {
    uint32_t timestamp = 0;
    net::Instant at;
  };
  std::optional<Report> report_;
  Packet packet_;
};

}  // namespace koeru::media
