// Checks that this agent makes, and what is answered: RFC 8445 sections 6.1.4 and 7.2.

#include <algorithm>
#include <array>

#include "core/ice/agent/binding_check.h"
#include "core/ice/agent/session.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/integrity.h"

namespace koeru::ice {
namespace {

constexpr net::Duration kMinRto = std::chrono::milliseconds(500);

uint32_t RandomOf(const stun::TransactionId& id) { return Reader(id).U32(); }

}  // namespace

// RFC 8445 section 14.3: RTO = MAX(500 ms, Ta * N * (Num-Waiting + Num-In-Progress)).
net::Duration Agent::Rto() const {
  return std::max(kMinRto, config_.ta * static_cast<int>(session_->checks.busy_count()));
}

void Agent::SendNextCheck(net::Instant now, Actions& actions) {
  session_->next_check = now + config_.ta;
  CandidatePair* pair = session_->checks.TakeNext();
  if (pair == nullptr) return;
  const stun::TransactionId id = ids_.Next();
  const Check check{
      .priority = pair->reflexive_priority,
      .role = role_,
      .tiebreaker = tiebreaker_,
      .use_candidate = role_ == Role::kControlling && session_->nominating == pair->id};
  std::array<uint8_t, 1024> buffer;
  const Bytes message = EncodeCheck(buffer, id, check, session_->local, *session_->remote);
  const stun::RetransmissionPolicy policy = net::IsStream(pair->path.transport)
                                                ? stun::RetransmissionPolicy::Reliable()
                                                : stun::RetransmissionPolicy{.rto = Rto()};
  session_->transactions.push_back(Transaction{.id = id,
                                               .pair = pair->id,
                                               .path = pair->path,
                                               .role = role_,
                                               .use_candidate = check.use_candidate,
                                               .message = {message.begin(), message.end()},
                                               .timer = stun::RetransmissionTimer(policy, now)});
  actions.Send(pair->path, message);
}

void Agent::SendConsentCheck(net::Instant now, Actions& actions) {
  const stun::TransactionId id = ids_.Next();
  const Check check{
      .priority = choice_->reflexive_priority, .role = role_, .tiebreaker = tiebreaker_};
  std::array<uint8_t, 1024> buffer;
  actions.Send(choice_->path, EncodeCheck(buffer, id, check, choice_->local, choice_->remote));
  choice_->consent.OnSent(now, RandomOf(id));
  if (choice_->checks.size() == Choice::kMaxChecks) choice_->checks.erase(choice_->checks.begin());
  choice_->checks.push_back({id});
}

bool Agent::OnResponse(const Path& path, const stun::MessageView& message, net::Instant now,
                       Actions& actions) {
  if (OnConsentResponse(path, message, now, actions)) return true;
  const auto found =
      std::find_if(session_->transactions.begin(), session_->transactions.end(),
                   [&](const Transaction& sent) { return sent.id == message.transaction_id(); });
  if (found == session_->transactions.end()) return false;
  const bool is_signed = CheckMessageIntegrity(message, AsBytes(session_->remote->password)) ==
                         stun::IntegrityVerdict::kValid;
  const auto error = message.Get<stun::ErrorCode>();
  const uint16_t code = error.ok() && *error ? (*error)->code : 0;
  // RFC 8489 section 9.1.4: an answer without a MAC that is right is as if it had never come; 400
  // and 401 have none, and change nothing that the timeout would not.
  if (!is_signed) return true;

  const Transaction transaction = std::move(*found);
  session_->transactions.erase(found);
  if (message.message_class() == stun::Class::kErrorResponse) {
    OnErrorResponse(transaction, code);
    return true;
  }
  const auto mapped = message.Get<stun::XorMappedAddress>();
  // RFC 8445 section 7.2.5.2.1: the answer must come from where the check went to.
  if (transaction.path != path || !mapped.ok() || !*mapped) {
    OnFailed(transaction);
    return true;
  }
  OnSucceeded(transaction, now, actions);
  return true;
}

bool Agent::OnConsentResponse(const Path& path, const stun::MessageView& message, net::Instant now,
                              Actions& actions) {
  if (choice_ == nullptr || choice_->path != path) return false;
  const auto sent =
      std::find_if(choice_->checks.begin(), choice_->checks.end(),
                   [&](const ConsentCheck& check) { return check.id == message.transaction_id(); });
  if (sent == choice_->checks.end()) return false;
  // RFC 7675 section 5.1: "a valid STUN binding response"; an error answer revokes nothing either.
  if (message.message_class() == stun::Class::kSuccessResponse &&
      CheckMessageIntegrity(message, AsBytes(choice_->remote.password)) ==
          stun::IntegrityVerdict::kValid) {
    choice_->checks.clear();
    choice_->consent.OnResponse(now);
    choice_->last_received = now;
    SetState(AgentState::kConnected, actions);
  }
  return true;
}

void Agent::OnSucceeded(const Transaction& transaction, net::Instant now, Actions& actions) {
  CandidatePair* pair = session_->checks.Find(transaction.pair);
  if (pair == nullptr) return;
  const bool is_to_be_nominated = pair->in_queue && session_->nominating == pair->id;
  session_->checks.Succeeded(*pair);
  if (is_to_be_nominated) session_->checks.Trigger(*pair);
  session_->first_success = std::min(session_->first_success, now);
  if (transaction.use_candidate && transaction.role == role_) pair->nominated = true;
  if (pair->nominated) Select(*pair, now, actions);
  Nominate(now);
}

void Agent::OnErrorResponse(const Transaction& transaction, uint16_t code) {
  CandidatePair* pair = session_->checks.Find(transaction.pair);
  if (pair == nullptr) return;
  if (code != stun::error_code::kRoleConflict) {
    OnFailed(transaction);
    return;
  }
  // RFC 8445 section 7.2.5.1: the other role than the one the check was sent with; the pair is
  // checked again, with another tie-breaker.
  if (transaction.role == role_) {
    SwitchRole();
    tiebreaker_ = Reader(ids_.Next()).U64();
  }
  session_->checks.Trigger(*pair);
}

void Agent::OnFailed(const Transaction& transaction) {
  CandidatePair* pair = session_->checks.Find(transaction.pair);
  if (pair == nullptr || transaction.cancelled || pair->state != PairState::kInProgress) return;
  session_->checks.Failed(*pair);
  if (session_->nominating == pair->id) session_->nominating = 0;
}

void Agent::Retransmit(net::Instant now, Actions& actions) {
  for (size_t i = 0; i < session_->transactions.size();) {
    Transaction& transaction = session_->transactions[i];
    using Step = stun::RetransmissionTimer::Step;
    const Step step = transaction.timer.OnTimeout(now);
    if (step == Step::kRetransmit && !transaction.cancelled) {
      actions.Send(transaction.path, transaction.message);
    }
    if (step != Step::kGiveUp) {
      ++i;
      continue;
    }
    const Transaction over = std::move(transaction);
    session_->transactions.erase(session_->transactions.begin() + static_cast<std::ptrdiff_t>(i));
    OnFailed(over);
  }
}

// RFC 8445 section 8.1.1: the controlling agent nominates one valid pair by a check with
// USE-CANDIDATE: the best one, when nothing better can succeed any more or enough time has passed.
void Agent::Nominate(net::Instant now) {
  if (role_ != Role::kControlling || session_->nominating != 0 || session_->selected) return;
  bool better_may_come = false;
  for (const CandidatePair& pair : session_->checks.pairs()) {
    if (pair.state == PairState::kFailed) continue;
    if (pair.state != PairState::kSucceeded) {
      better_may_come = true;
      continue;
    }
    if (better_may_come && now < session_->first_success + kNominationDelay) return;
    session_->nominating = pair.id;
    session_->checks.Trigger(*session_->checks.Find(pair.id));
    return;
  }
  session_->first_success = net::Instant::Max();
}

}  // namespace koeru::ice
