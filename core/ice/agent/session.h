#pragma once

// The parts of an agent: what an ICE restart replaces, and the path that outlives it.

#include "core/ice/agent/agent.h"

namespace koeru::ice {

struct Agent::RemoteCandidate {
  net::Endpoint endpoint;
  net::Transport transport = net::Transport::kUdp;
  uint32_t priority = 0;
  std::string foundation;
};

// A check that was sent and not yet answered.
struct Agent::Transaction {
  stun::TransactionId id{};
  uint32_t pair = 0;
  Path path;
  Role role = Role::kControlled;
  bool use_candidate = false;
  // RFC 8445 section 7.3.1.4: another check of the pair was triggered. This one is not sent again,
  // and its end means nothing; an answer still counts.
  bool cancelled = false;
  std::vector<uint8_t> message;
  stun::RetransmissionTimer timer;
};

// A check that came before the peer's credentials.
struct EarlyCheck {
  Path path;
  uint32_t priority = 0;
  bool use_candidate = false;
};

// What is between one ICE restart and the next.
struct Agent::Session {
  Session(Credentials own, Role role, net::Instant now)
      : local(std::move(own)), checks(role), began(now), next_check(now) {}

  Credentials local;
  std::optional<Credentials> remote;
  std::vector<RemoteCandidate> remote_candidates;
  CheckList checks;
  std::vector<Transaction> transactions;
  std::vector<EarlyCheck> early;
  net::Instant began;       // the peer's credentials came, or the session was made
  net::Instant next_check;  // not before
  net::Instant first_success = net::Instant::Max();
  uint32_t nominating = 0;  // the pair that a controlling agent nominates; 0: none yet
  bool selected = false;    // a pair of this session was selected
};

struct ConsentCheck {
  stun::TransactionId id{};
};

// The selected path, with what it takes to ask for consent on it.
struct Agent::Choice {
  Path path;
  uint64_t priority = 0;
  Credentials local;
  Credentials remote;
  uint32_t reflexive_priority = 0;
  Consent consent;
  net::Instant last_received;
  std::vector<ConsentCheck> checks;  // unanswered, the oldest first
  // An answer may take as long as consent lives.
  static constexpr size_t kMaxChecks = 8;
};

}  // namespace koeru::ice
