#pragma once

// When reports are sent: about once a second, spread by half to one and a half times that (RFC 3550
// section 6.3.1), so that the reports of many calls do not come in step. Core has no randomness;
// the spread follows from an SSRC, which is random.
//
//   ReportSchedule schedule(ssrc, now);
//   if (now >= schedule.next()) { Send; schedule.Advance(now); }

#include <cstdint>

#include "core/net/time.h"

namespace koeru::media {

class ReportSchedule {
 public:
  static constexpr net::Duration kInterval = std::chrono::seconds(1);

  // Section 6.2: the first one after half the interval.
  ReportSchedule(uint32_t seed, net::Instant now) : state_(seed), next_(now + Spread() / 2) {}

  net::Instant next() const { return next_; }
  void Advance(net::Instant now) { next_ = now + Spread(); }

 private:
  net::Duration Spread() {
    // Steps of a linear congruential generator (Knuth's constants); its upper bits are good.
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    const auto part = static_cast<int64_t>(state_ >> 54);  // of 1024
    return kInterval / 2 + kInterval / 1024 * part;
  }

  uint64_t state_;
  net::Instant next_;
};

}  // namespace koeru::media
