#include "core/stun/retransmission.h"

namespace koeru::stun {

RetransmissionTimer::RetransmissionTimer(const RetransmissionPolicy& policy, net::Instant now)
    : policy_(policy), interval_(policy.rto) {
  ArmAfterSend(now);
}

RetransmissionTimer::Step RetransmissionTimer::OnTimeout(net::Instant now) {
  if (now < deadline_) return Step::kWait;
  if (sent_ >= policy_.rc) {
    deadline_ = net::Instant::Max();
    return Step::kGiveUp;
  }
  ++sent_;
  ArmAfterSend(now);
  return Step::kRetransmit;
}

void RetransmissionTimer::ArmAfterSend(net::Instant now) {
  // RFC 8489 section 6.2.1: "This continues until ... a total of Rc requests have been sent"; "If,
  // after the last request, a duration equal to Rm times the RTO has passed without a response ...
  // the client SHOULD consider the transaction to have failed."
  if (sent_ >= policy_.rc) {
    deadline_ = now + policy_.rto * policy_.rm;
    return;
  }
  deadline_ = now + interval_;
  // "doubles the RTO after each retransmission"
  interval_ *= 2;
}

}  // namespace koeru::stun
