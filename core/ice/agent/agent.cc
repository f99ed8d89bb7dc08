#include "core/ice/agent/agent.h"

#include <algorithm>

#include "core/ice/agent/session.h"

namespace koeru::ice {
namespace {

// RFC 8445 section 5.1.2: the same local preference, the type preference of a peer-reflexive one.
uint32_t ReflexivePriority(uint32_t priority) {
  PriorityParts parts = SplitPriority(priority);
  parts.type_preference = RecommendedTypePreference(CandidateType::kPeerReflexive);
  return ComputePriority(parts);
}

}  // namespace

Agent::Agent(AgentConfig config, stun::TransactionIds& ids)
    : config_(std::move(config)),
      ids_(ids),
      role_(config_.lite ? Role::kControlled : config_.role),
      tiebreaker_(config_.tiebreaker),
      session_(std::make_unique<Session>(config_.local, role_, net::Instant())) {}

Agent::~Agent() = default;

const Credentials& Agent::local() const { return session_->local; }

std::optional<Path> Agent::selected() const {
  if (choice_ == nullptr) return std::nullopt;
  return choice_->path;
}

const std::vector<CandidatePair>& Agent::pairs() const { return session_->checks.pairs(); }

void Agent::AddLocal(const LocalCandidate& candidate, net::Instant now) {
  local_candidates_.push_back(candidate);
  for (const RemoteCandidate& remote : session_->remote_candidates) Pair(candidate, remote);
  session_->next_check = std::max(session_->next_check, now);
}

bool Agent::SetRemote(const Credentials& remote, net::Instant now) {
  if (!remote.IsValid()) return false;
  if (session_->remote) return *session_->remote == remote;
  session_->remote = remote;
  session_->began = now;
  session_->next_check = std::max(session_->next_check, now);
  return true;
}

Agent::Added Agent::AddRemote(const Candidate& candidate, net::Instant now) {
  if (candidate.end_of_candidates) return Added::kEnd;
  if (candidate.component != 1) return Added::kOtherComponent;
  // RFC 8838 section 11: candidates of another generation are not for these checks.
  if (const auto ufrag = candidate.ufrag();
      ufrag && session_->remote && *ufrag != session_->remote->ufrag) {
    return Added::kOtherUfrag;
  }
  if (!candidate.host.address) return Added::kNoAddress;
  // RFC 6544 section 5.2: to a passive one a connection would have to be made, an active one makes
  // its own, and its check then comes by itself.
  if (candidate.transport != CandidateTransport::kUdp) return Added::kNotUsable;
  RemoteCandidate remote{{*candidate.host.address, candidate.port},
                         net::Transport::kUdp,
                         candidate.priority,
                         std::string(candidate.foundation)};
  if (remote.endpoint.port == 0 || remote.endpoint.address.IsUnspecified()) {
    return Added::kNotUsable;
  }
  std::vector<RemoteCandidate>& known = session_->remote_candidates;
  for (const RemoteCandidate& other : known) {
    if (other.endpoint == remote.endpoint) return Added::kKnown;
  }
  if (known.size() >= kMaxRemote) return Added::kTooMany;
  known.push_back(std::move(remote));
  for (const LocalCandidate& local : local_candidates_) Pair(local, known.back());
  session_->next_check = std::max(session_->next_check, now);
  return Added::kAdded;
}

void Agent::Pair(const LocalCandidate& local, const RemoteCandidate& remote) {
  if (config_.lite || local.passive || local.transport != remote.transport ||
      local.base.address.family() != remote.endpoint.address.family()) {
    return;
  }
  session_->checks.Add({.path = {local.base, remote.endpoint, remote.transport},
                        .local_priority = local.priority,
                        .remote_priority = remote.priority,
                        .reflexive_priority = ReflexivePriority(local.priority),
                        .foundation = local.foundation + ":" + remote.foundation});
}

const LocalCandidate* Agent::LocalAt(const Path& path) const {
  for (const LocalCandidate& local : local_candidates_) {
    if (local.base == path.local && local.transport == path.transport) return &local;
  }
  return nullptr;
}

CandidatePair* Agent::PairOf(const Path& path, uint32_t priority) {
  if (CandidatePair* known = session_->checks.Find(path)) return known;
  const LocalCandidate* local = LocalAt(path);
  if (local == nullptr) return nullptr;
  // RFC 8445 section 7.3.1.3: a peer-reflexive candidate; "its priority is the value of the
  // PRIORITY attribute", its foundation differs from all others.
  return session_->checks.Add({.path = path,
                               .local_priority = local->priority,
                               .remote_priority = priority,
                               .reflexive_priority = ReflexivePriority(local->priority),
                               .foundation = local->foundation + ":" + path.remote.ToString(),
                               .peer_reflexive = true});
}

void Agent::Restart(const Credentials& local, net::Instant now) {
  local_before_ = session_->local;
  session_ = std::make_unique<Session>(local, role_, now);
  if (choice_ == nullptr) state_ = AgentState::kNew;
}

void Agent::SetState(AgentState state, Actions& actions) {
  if (state_ == state) return;
  state_ = state;
  actions.Add(StateChanged{state});
}

void Agent::SwitchRole() {
  role_ = Opposite(role_);
  session_->checks.SetRole(role_);
  session_->nominating = 0;
}

void Agent::Select(const CandidatePair& pair, net::Instant now, Actions& actions) {
  const uint64_t priority = pair.PriorityAs(role_);
  if (choice_ != nullptr && session_->selected) {
    if (choice_->path == pair.path) return;
    // RFC 8445 section 8.1.1 nominates once; browsers do so again when their network changed.
    const bool better = priority >= choice_->priority;
    if (!better && now - choice_->last_received < kSilence) return;
  }
  const bool same_path = choice_ != nullptr && choice_->path == pair.path;
  choice_ = std::make_unique<Choice>(Choice{.path = pair.path,
                                            .priority = priority,
                                            .local = session_->local,
                                            .remote = *session_->remote,
                                            .reflexive_priority = pair.reflexive_priority,
                                            .consent = Consent(now),
                                            .last_received = now,
                                            .checks = {}});
  session_->selected = true;
  local_before_.reset();
  if (!same_path) actions.Add(Selected{pair.path});
  SetState(AgentState::kConnected, actions);
}

void Agent::Fail(Actions& actions) {
  choice_.reset();
  session_->transactions.clear();
  SetState(AgentState::kFailed, actions);
}

bool Agent::IsConsistent() const {
  const bool sends = state_ == AgentState::kConnected || state_ == AgentState::kDisconnected;
  return session_->checks.IsConsistent() && session_->checks.role() == role_ &&
         (!sends || choice_ != nullptr) && (state_ != AgentState::kFailed || choice_ == nullptr) &&
         session_->remote_candidates.size() <= kMaxRemote && session_->early.size() <= kMaxEarly &&
         session_->transactions.size() <= 2 * CheckList::kMaxPairs;
}

}  // namespace koeru::ice
