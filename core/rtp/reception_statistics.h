#pragma once

// What a receiver knows of one source, for its reports: RFC 3550 sections 6.4.1, A.1, A.3 and A.8.
//
//   ReceptionStatistics source(ssrc, 90000);          // video: 90 kHz
//   source.OnPacket(packet, now);                     // each that came
//   source.OnSenderReport(report, now);
//   ReportBlock block = source.Report(now);           // loss since the last Report()

#include "core/net/time.h"
#include "core/rtp/report.h"
#include "core/rtp/rtp_packet.h"
#include "core/rtp/sequence_number.h"

namespace koeru::rtp {

class ReceptionStatistics {
 public:
  ReceptionStatistics(uint32_t ssrc, uint32_t clock_rate) : ssrc_(ssrc), clock_rate_(clock_rate) {}

  void OnPacket(const RtpPacket& packet, net::Instant now);
  void OnSenderReport(const SenderReport& report, net::Instant now);
  ReportBlock Report(net::Instant now);

  // Since the beginning.
  uint64_t packets_received() const { return received_; }
  int64_t packets_lost() const;
  // Section 6.4.1, in units of the timestamp.
  uint32_t jitter() const { return static_cast<uint32_t>(jitter_ / 16); }
  bool has_packets() const { return received_ > 0; }

 private:
  int64_t expected() const;

  const uint32_t ssrc_;
  const uint32_t clock_rate_;
  SequenceUnwrapper unwrap_;
  int64_t first_ = 0;
  uint64_t received_ = 0;
  int64_t expected_before_ = 0;  // at the last Report()
  uint64_t received_before_ = 0;
  int64_t transit_ = 0;  // arrival less timestamp, of the packet before
  int64_t jitter_ = 0;   // times 16, as section A.8 keeps it
  uint32_t last_report_ = 0;
  net::Instant last_report_at_;
};

}  // namespace koeru::rtp
