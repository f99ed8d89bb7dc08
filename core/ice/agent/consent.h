#pragma once

// Consent freshness: RFC 7675 section 5.1. Nothing may be sent to a peer that has not answered a
// check within 30 seconds.
//
//   "the STUN binding request ... every 5 seconds ... randomized +/- 20%"; "Consent expires after
//   30 seconds"
//
//   Consent consent(now);                        // the pair was just checked
//   if (now >= consent.next_check()) { send a check; consent.OnSent(now, random); }
//   consent.OnResponse(now);
//   if (now >= consent.expires()) stop sending at once

#include "core/net/time.h"

namespace koeru::ice {

class Consent {
 public:
  static constexpr net::Duration kInterval = std::chrono::seconds(5);
  static constexpr net::Duration kLifetime = std::chrono::seconds(30);
  // Two checks without an answer: the user may be told, and media still flows.
  static constexpr net::Duration kDoubt = std::chrono::seconds(11);

  explicit Consent(net::Instant now) : next_check_(now + kInterval), last_response_(now) {}

  net::Instant next_check() const { return next_check_; }
  net::Instant expires() const { return last_response_ + kLifetime; }
  net::Instant doubtful() const { return last_response_ + kDoubt; }

  // `random`: any uniformly distributed number.
  void OnSent(net::Instant now, uint32_t random) {
    const net::Duration fifth = kInterval / 5;
    next_check_ = now + kInterval - fifth + fifth * 2 * (random % 1024) / 1023;
  }
  void OnResponse(net::Instant now) { last_response_ = now; }

 private:
  net::Instant next_check_;
  net::Instant last_response_;
};

}  // namespace koeru::ice
