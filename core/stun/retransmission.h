#pragma once

// When a request over UDP is sent again: RFC 8489 section 6.2.1.
//
//   RetransmissionTimer timer({}, now);          // the request was just sent
//   ... at timer.deadline() ...
//   switch (timer.OnTimeout(now)) { kRetransmit: send it again; kGiveUp: the transaction failed }
//
// "assuming an RTO of 500 ms, requests would be sent at times 0 ms, 500 ms, 1500 ms, 3500 ms,
// 7500 ms, 15500 ms, and 31500 ms. If the client has not received a response after 39500 ms, the
// client will consider the transaction to have timed out."

#include "core/net/time.h"

namespace koeru::stun {

struct RetransmissionPolicy {
  net::Duration rto = std::chrono::milliseconds(500);
  int rc = 7;   // requests sent in all
  int rm = 16;  // how many RTOs to wait for an answer to the last one

  // RFC 8489 section 6.2.2: over a reliable transport a request is sent once, and Ti is 39.5 s.
  static constexpr RetransmissionPolicy Reliable() {
    return {std::chrono::milliseconds(39500), 1, 1};
  }
};

class RetransmissionTimer {
 public:
  enum class Step : uint8_t { kWait, kRetransmit, kGiveUp };

  // The first request was sent at `now`.
  RetransmissionTimer(const RetransmissionPolicy& policy, net::Instant now);

  net::Instant deadline() const { return deadline_; }
  // kWait before the deadline. After kGiveUp the timer is spent.
  Step OnTimeout(net::Instant now);

 private:
  // The wait that follows the request just sent.
  void ArmAfterSend(net::Instant now);

  RetransmissionPolicy policy_;
  net::Duration interval_;
  int sent_ = 1;
  net::Instant deadline_;
};

}  // namespace koeru::stun
