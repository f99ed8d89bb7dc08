#pragma once

// An ICE agent as a state machine: RFC 8445 for one component of one data stream, which is all that
// WebRTC has since BUNDLE and rtcp-mux. Packets and time in, messages and a selected path out.
//
//   Agent agent({.role = Role::kControlled, .tiebreaker = random, .local = credentials}, ids);
//   agent.AddLocal({.base = socket, .priority = ..., .foundation = "1"}, now);
//   agent.SetRemote({their_ufrag, their_password}, now);         // out of the offer
//   agent.AddRemote(*Candidate::Parse(line), now);               // each as it trickles in
//   if (agent.OnStun(path, datagram, now, actions)) ...          // it was a check, or an answer
//   if (now >= agent.NextDeadline()) agent.OnTimeout(now, actions);
//   for (const Action& action : actions) Carry out;              // SendStun, StateChanged, ...
//
// Full or lite, controlling or controlled; a role conflict is settled as section 7.3.1.1 says.
// Candidates may come at any time (RFC 8838). Consent is asked for on the selected pair (RFC 7675):
// when the agent is kFailed nothing may be sent. Restart() begins anew with other credentials, and
// data goes on over the selected pair meanwhile (section 9).
//
// A peer costs bounded memory: kMaxRemote candidates, CheckList::kMaxPairs pairs, one transaction
// each; and bounded time: `patience` without a selected pair is kFailed.
//
// Everything passed in is borrowed for the call only; `ids` must outlive the agent.

#include <memory>
#include <optional>
#include <vector>

#include "core/ice/agent/actions.h"
#include "core/ice/agent/check_list.h"
#include "core/ice/agent/consent.h"
#include "core/ice/agent/credentials.h"
#include "core/stun/message_view.h"
#include "core/stun/retransmission.h"
#include "core/stun/transaction_ids.h"

namespace koeru::ice {

struct Check;

struct AgentConfig {
  Role role = Role::kControlled;
  bool lite = false;  // RFC 8445 section 2.5: answers checks and makes none; it is controlled
  uint64_t tiebreaker = 0;
  Credentials local = {};
  // RFC 8445 section 14.2: "Ta ... SHOULD use a value of 50 ms".
  net::Duration ta = std::chrono::milliseconds(50);
  net::Duration patience = std::chrono::seconds(30);
};

struct LocalCandidate {
  net::Endpoint base;
  net::Transport transport = net::Transport::kUdp;
  uint32_t priority = 0;
  std::string foundation = {};
  // RFC 6544: the peer connects to us. No check is begun, the first one comes over its connection.
  bool passive = false;
};

class Agent {
 public:
  static constexpr size_t kMaxRemote = 64;
  // Checks that came before the peer's credentials (an answer that is on its way).
  static constexpr size_t kMaxEarly = 16;
  // Another pair that is nominated takes over when its priority is higher, or when on the selected
  // one nothing has come for so long. Browsers check their pair every 2 to 5 seconds.
  static constexpr net::Duration kSilence = std::chrono::seconds(3);
  // How long a controlling agent waits for a better pair before it nominates what it has.
  static constexpr net::Duration kNominationDelay = std::chrono::milliseconds(500);

  Agent(AgentConfig config, stun::TransactionIds& ids);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  // A socket, or a relayed address, from which checks may be sent.
  void AddLocal(const LocalCandidate& candidate, net::Instant now);

  // Out of the peer's description. False: not a ufrag and password (RFC 8839 section 5.4), and
  // nothing changed. The same again changes nothing; others are an ICE restart by the peer, and
  // Restart() must be called first.
  bool SetRemote(const Credentials& remote, net::Instant now);

  enum class Added : uint8_t {
    kAdded,
    kKnown,
    kEnd,             // end-of-candidates
    kNoAddress,       // a name: nobody here resolves .local names
    kOtherComponent,  // RTCP's, which rtcp-mux makes superfluous
    kOtherUfrag,      // of another generation (RFC 8839 section 5.1, "ufrag")
    kNotUsable,       // TCP, or no local candidate could ever reach it
    kTooMany,
  };
  // May be called before SetRemote().
  Added AddRemote(const Candidate& candidate, net::Instant now);

  // RFC 8445 section 9: new credentials, checks from the beginning. The selected path stays until
  // another one is found.
  void Restart(const Credentials& local, net::Instant now);

  // A STUN message came on that path. True: it was a check for this agent (answered) or the answer
  // to one of its own. False: somebody else's, nothing changed.
  bool OnStun(const Path& path, Bytes datagram, net::Instant now, Actions& actions);
  // Data that proved to be the peer's (DTLS, SRTP) came on that path.
  void OnData(const Path& path, net::Instant now);
  // A TCP connection of a path is gone, or its socket.
  void OnPathGone(const net::Transport& transport, const net::Endpoint& local,
                  const net::Endpoint& remote, net::Instant now, Actions& actions);

  net::Instant NextDeadline() const;  // Instant::Max() when there is nothing to wait for
  void OnTimeout(net::Instant now, Actions& actions);

  AgentState state() const { return state_; }
  Role role() const { return role_; }
  const Credentials& local() const;
  // Where data goes; none before one is found, and when consent is gone.
  std::optional<Path> selected() const;
  const std::vector<CandidatePair>& pairs() const;
  bool IsConsistent() const;

 private:
  struct Session;
  struct Transaction;
  struct Choice;
  struct RemoteCandidate;

  // agent.cc
  void Pair(const LocalCandidate& local, const RemoteCandidate& remote);
  const LocalCandidate* LocalAt(const Path& path) const;
  void SetState(AgentState state, Actions& actions);
  void SwitchRole();
  void Select(const CandidatePair& pair, net::Instant now, Actions& actions);
  void Fail(Actions& actions);

  // agent_requests.cc
  bool OnRequest(const Path& path, const stun::MessageView& message, net::Instant now,
                 Actions& actions);
  bool SettleConflict(const Path& path, const stun::MessageView& message, const Check& check,
                      Actions& actions);
  void OnCheck(const Path& path, uint32_t priority, bool use_candidate, net::Instant now,
               Actions& actions);
  CandidatePair* PairOf(const Path& path, uint32_t priority);

  // agent_checks.cc
  void SendNextCheck(net::Instant now, Actions& actions);
  void SendConsentCheck(net::Instant now, Actions& actions);
  bool OnResponse(const Path& path, const stun::MessageView& message, net::Instant now,
                  Actions& actions);
  bool OnConsentResponse(const Path& path, const stun::MessageView& message, net::Instant now,
                         Actions& actions);
  void OnSucceeded(const Transaction& transaction, net::Instant now, Actions& actions);
  void OnErrorResponse(const Transaction& transaction, uint16_t code);
  void OnFailed(const Transaction& transaction);
  void Retransmit(net::Instant now, Actions& actions);
  void Nominate(net::Instant now);
  net::Duration Rto() const;

  const AgentConfig config_;
  stun::TransactionIds& ids_;
  Role role_;
  uint64_t tiebreaker_;
  AgentState state_ = AgentState::kNew;
  std::vector<LocalCandidate> local_candidates_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Choice> choice_;  // the selected path; null: none
  // Of the session before a restart, while its path is in use.
  std::optional<Credentials> local_before_;
};

}  // namespace koeru::ice
