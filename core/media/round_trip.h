#pragma once

// How long it takes to the peer and back: RFC 3550 section 6.4.1 ("delay since last SR").
//
//   RoundTrip round_trip;
//   round_trip.OnSent(report.ntp_timestamp, now);               // a sender report of ours
//   round_trip.OnReport(block, now);                            // of the peer, about our SSRC
//   round_trip.value_or_assumed()
//
// Only reports that we remember count, so a peer cannot invent a time. Smoothed as TCP does.

#include <array>
#include <optional>

#include "core/net/time.h"
#include "core/rtp/report.h"

namespace koeru::media {

class RoundTrip {
 public:
  // Before there is a measured one.
  static constexpr net::Duration kAssumed = std::chrono::milliseconds(100);
  static constexpr net::Duration kLongest = std::chrono::seconds(10);

  void OnSent(uint64_t ntp_timestamp, net::Instant now);
  void OnReport(const rtp::ReportBlock& block, net::Instant now);

  std::optional<net::Duration> value() const { return value_; }
  net::Duration value_or_assumed() const { return value_.value_or(kAssumed); }

 private:
  struct Sent {
    uint32_t middle_of_ntp = 0;
    net::Instant at;
  };

  // Reports of all sections in the last seconds.
  std::array<Sent, 32> sent_{};
  size_t next_ = 0;
  std::optional<net::Duration> value_;
};

}  // namespace koeru::media
