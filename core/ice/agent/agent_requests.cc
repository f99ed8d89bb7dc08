// Checks that come: RFC 8445 section 7.3.

#include <algorithm>
#include <array>

#include "core/ice/agent/binding_check.h"
#include "core/ice/agent/session.h"
#include "core/stun/error_code.h"

namespace koeru::ice {

bool Agent::OnStun(const Path& path, Bytes datagram, net::Instant now, Actions& actions) {
  if (state_ == AgentState::kFailed) return false;
  const auto message = stun::MessageView::Parse(datagram);
  if (!message.ok() || message->method() != stun::Method::kBinding) return false;
  switch (message->message_class()) {
    case stun::Class::kRequest:
      return OnRequest(path, *message, now, actions);
    case stun::Class::kSuccessResponse:
    case stun::Class::kErrorResponse:
      return OnResponse(path, *message, now, actions);
    case stun::Class::kIndication:
      // RFC 8445 section 11: a keepalive; it proves nothing and asks for nothing.
      return choice_ != nullptr && choice_->path == path;
  }
  return false;
}

bool Agent::OnRequest(const Path& path, const stun::MessageView& message, net::Instant now,
                      Actions& actions) {
  using Kind = CheckVerdict::Kind;
  std::array<uint8_t, 1024> buffer;
  const CheckVerdict verdict = JudgeCheck(message, session_->local);
  if (verdict.kind == Kind::kDrop) return false;
  if (verdict.kind == Kind::kRefuse && local_before_ &&
      JudgeCheck(message, *local_before_).kind == Kind::kCheck) {
    // RFC 8445 section 9: the peer, too, keeps the path of before until there is a new one.
    actions.Send(path, EncodeCheckSuccess(buffer, message, path.remote, *local_before_));
    OnData(path, now);
    return true;
  }
  if (verdict.kind == Kind::kRefuse) {
    actions.Send(path, EncodeCheckError(buffer, message, verdict.error, session_->local));
    return true;
  }
  if (!SettleConflict(path, message, verdict.check, actions)) return true;
  actions.Send(path, EncodeCheckSuccess(buffer, message, path.remote, session_->local));
  OnData(path, now);
  if (session_->remote) {
    // An answer to another restart is on its way: this check is of credentials to come.
    if (verdict.remote_ufrag != session_->remote->ufrag) return true;
    OnCheck(path, verdict.check.priority, verdict.check.use_candidate, now, actions);
  } else if (session_->early.size() < kMaxEarly) {
    session_->early.push_back({path, verdict.check.priority, verdict.check.use_candidate});
  }
  return true;
}

// RFC 8445 section 7.3.1.1. False: the request was answered with 487.
bool Agent::SettleConflict(const Path& path, const stun::MessageView& message, const Check& check,
                           Actions& actions) {
  if (check.role != role_) return true;
  if (!config_.lite &&
      JudgeConflict(role_, tiebreaker_, check.tiebreaker) == ConflictVerdict::kSwitch) {
    SwitchRole();
    return true;
  }
  std::array<uint8_t, 1024> buffer;
  actions.Send(path,
               EncodeCheckError(buffer, message, stun::error_code::kRoleConflict, session_->local));
  return false;
}

void Agent::OnCheck(const Path& path, uint32_t priority, bool use_candidate, net::Instant now,
                    Actions& actions) {
  SetState(state_ == AgentState::kNew ? AgentState::kChecking : state_, actions);
  CandidatePair* pair = PairOf(path, priority);
  if (pair == nullptr) return;
  if (use_candidate && role_ == Role::kControlled) pair->nominated = true;
  // RFC 8445 section 7.3.2: a lite agent makes no check of its own.
  if (config_.lite) session_->checks.Succeeded(*pair);
  if (pair->state == PairState::kSucceeded) {
    // Section 7.3.1.5: the nominated pair is valid already.
    if (pair->nominated && use_candidate) Select(*pair, now, actions);
    return;
  }
  // Section 7.3.1.4: the check under way is not sent again, and a new one begins.
  std::erase_if(session_->transactions, [&](const Transaction& transaction) {
    return transaction.pair == pair->id && transaction.cancelled;
  });
  for (Transaction& transaction : session_->transactions) {
    if (transaction.pair == pair->id) transaction.cancelled = true;
  }
  session_->checks.Trigger(*pair);
}

void Agent::OnData(const Path& path, net::Instant now) {
  if (choice_ == nullptr || choice_->path != path) return;
  choice_->last_received = now;
  // A lite agent asks for no consent (RFC 7675 section 4): the peer's own checks tell that it
  // lives.
  if (config_.lite) choice_->consent.OnResponse(now);
}

void Agent::OnPathGone(const net::Transport& transport, const net::Endpoint& local,
                       const net::Endpoint& remote, net::Instant now, Actions& actions) {
  const Path path{local, remote, transport};
  std::erase_if(session_->transactions,
                [&](const Transaction& transaction) { return transaction.path == path; });
  if (CandidatePair* pair = session_->checks.Find(path)) session_->checks.Failed(*pair);
  if (choice_ == nullptr || choice_->path != path) return;
  // The peer may come back on another connection, and has `patience` for it.
  choice_.reset();
  session_->selected = false;
  session_->began = now;
  SetState(AgentState::kChecking, actions);
}

}  // namespace koeru::ice
