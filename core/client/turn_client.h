#pragma once

// A client of a STUN and TURN server as a state machine: packets and time in, datagrams to send
// and events out. No socket, no clock.
//
//   TurnClient client({.username = "alice", .password = "secret"}, ids);
//   client.Start(AllocateRequest{}, now, actions);       // -> SendToServer
//   client.OnDatagram(answer, now, actions);             // 401 -> SendToServer, with credentials
//   client.OnDatagram(answer, now, actions);             // -> Allocated{relayed, mapped, 600}
//   if (now >= client.NextDeadline()) client.OnTimeout(now, actions);   // -> SendToServer again
//
// Each request ends in exactly one event: its success (Bound, Allocated, Refreshed,
// PermissionCreated, ChannelBound), Refused or Failed. 401 and 438 are answered from the
// credentials and show up as Refused only when they do not help. Several requests may be under
// way at once. Allocations, permissions and channels end after 600, 300 and 600 seconds: who keeps
// them alive (RFC 8656 sections 8, 10 and 12) starts the request again in time.
//
// Everything passed in is borrowed for the call only; `ids` must outlive the client.

#include <vector>

#include "core/client/actions.h"
#include "core/client/long_term_credentials.h"
#include "core/client/requests.h"
#include "core/stun/retransmission.h"
#include "core/stun/transaction_ids.h"

namespace koeru::client {

struct TurnClientConfig {
  std::string username = {};  // empty: no credentials; a 401 is then final
  std::string password = {};
  std::string software = {};  // SOFTWARE; empty: none
  stun::RetransmissionPolicy retransmission = {};
};

class TurnClient {
 public:
  TurnClient(TurnClientConfig config, stun::TransactionIds& ids);

  void Start(const Request& request, net::Instant now, Actions& actions);

  // True when it was an answer to a pending request or a Data indication. Anything else is not
  // this client's business (or a late answer) and changes nothing.
  bool OnDatagram(Bytes datagram, net::Instant now, Actions& actions);

  net::Instant NextDeadline() const;  // Instant::Max() when nothing is pending
  void OnTimeout(net::Instant now, Actions& actions);

  size_t pending() const { return pending_.size(); }

 private:
  struct Transaction {
    stun::TransactionId id;
    Request request;
    std::vector<uint8_t> message;
    stun::RetransmissionTimer timer;
    int challenges = 0;          // 401s and 438s that were answered for this request
    bool authenticated = false;  // this message carries credentials
    bool integrity_violated = false;
  };

  void Send(const Request& request, int challenges, net::Instant now, Actions& actions);
  void OnError(const Transaction& transaction, const stun::MessageView& message, net::Instant now,
               Actions& actions);
  // Whether an answer may be believed: RFC 8489 section 9.2.5.
  bool IsTrustworthy(const Transaction& transaction, const stun::MessageView& message) const;
  bool OnIndication(const stun::MessageView& message, Actions& actions) const;

  TurnClientConfig config_;
  stun::TransactionIds& ids_;
  LongTermCredentials credentials_;
  std::vector<Transaction> pending_;
};

}  // namespace koeru::client
