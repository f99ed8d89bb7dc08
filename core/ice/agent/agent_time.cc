// What time brings: pacing (RFC 8445 section 14.2), retransmission, consent (RFC 7675), patience.

#include <algorithm>
#include <utility>

#include "core/ice/agent/session.h"

namespace koeru::ice {

net::Instant Agent::NextDeadline() const {
  if (state_ == AgentState::kFailed) return net::Instant::Max();
  net::Instant next = net::Instant::Max();
  for (const Transaction& transaction : session_->transactions) {
    next = std::min(next, transaction.timer.deadline());
  }
  if (session_->remote) {
    if (session_->checks.HasNext() || !session_->early.empty()) {
      next = std::min(next, session_->next_check);
    }
    if (choice_ == nullptr) next = std::min(next, session_->began + config_.patience);
    if (role_ == Role::kControlling && session_->nominating == 0 && !session_->selected &&
        session_->first_success != net::Instant::Max()) {
      next = std::min(next, session_->first_success + kNominationDelay);
    }
  }
  if (choice_ != nullptr) {
    next = std::min(next, choice_->consent.expires());
    if (!config_.lite) next = std::min(next, choice_->consent.next_check());
    if (state_ == AgentState::kConnected) next = std::min(next, choice_->consent.doubtful());
  }
  return next;
}

void Agent::OnTimeout(net::Instant now, Actions& actions) {
  if (state_ == AgentState::kFailed) return;

  // 1. What came before the peer's credentials.
  if (session_->remote) {
    if (state_ == AgentState::kNew) SetState(AgentState::kChecking, actions);
    for (const EarlyCheck& early : std::exchange(session_->early, {})) {
      OnCheck(early.path, early.priority, early.use_candidate, now, actions);
    }
  }

  // 2. Checks without an answer.
  Retransmit(now, actions);

  // 3. The next check.
  Nominate(now);
  if (session_->remote && now >= session_->next_check && session_->checks.HasNext()) {
    SendNextCheck(now, actions);
  }

  // 4. Consent.
  if (choice_ != nullptr) {
    if (now >= choice_->consent.expires()) return Fail(actions);
    if (!config_.lite && now >= choice_->consent.next_check()) SendConsentCheck(now, actions);
    if (now >= choice_->consent.doubtful()) SetState(AgentState::kDisconnected, actions);
  }

  // 5. Patience. After a restart the path of before stays for as long as it has consent.
  if (session_->remote && choice_ == nullptr && now >= session_->began + config_.patience) {
    Fail(actions);
  }
}

}  // namespace koeru::ice
