#pragma once

// The TURN server as a state machine: RFC 8656 without I/O. One Relay per worker; workers share
// nothing but the few interfaces of RelayConfig (quota, live ports).
//
//   Relay relay(config, random);
//   // control plane: STUN requests
//   actions.Clear();
//   relay.OnMessage(five_tuple, datagram, now, wall, actions);
//   for (const Action& action : actions) CarryOut(action);
//   // data plane: no actions, only routes
//   RouteToPeer route = relay.RouteFromClient(five_tuple, datagram, now);
//   RouteToClient back = relay.RouteFromPeer(allocation, peer, now);
//   // timers
//   if (now >= relay.NextDeadline()) relay.OnTimeout(now, actions);
//
// Everything passed in is borrowed for the call only.

#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "core/bytes/reader.h"
#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/actions.h"
#include "core/relay/allocation_status.h"
#include "core/relay/config.h"
#include "core/relay/counters.h"
#include "core/relay/long_term_key.h"
#include "core/relay/route.h"
#include "core/turn/attributes/icmp.h"

namespace koeru::relay {

struct RelayRules;
struct RelayState;
struct RelayTables;

class Relay {
 public:
  // `random` and `events` outlive the relay. `events`: null for RelayConfig::events.
  Relay(std::shared_ptr<const RelayRules> rules, RandomSource& random, EventSink* events = nullptr,
        WorkerPlace place = {});
  // With rules of its own, made of `config`.
  Relay(const RelayConfig& config, RandomSource& random);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // From now on these rules. Allocations, permissions and channels stay as they are and keep their
  // ends: new limits count for what is asked for from now on, and a permission whose peer is denied
  // now cannot be refreshed. relay_addresses, `anonymous` and what is not owned must be the same as
  // before.
  void SetRules(std::shared_ptr<const RelayRules> rules);

  // A STUN message from a client that is not a Send indication: requests and their replies.
  void OnMessage(const net::FiveTuple& from, Bytes datagram, net::Instant now, net::UnixTime wall,
                 Actions& actions);

  // ChannelData or a Send indication. The caller may reuse the answer for later packets of the
  // same batch that carry the same channel number.
  RouteToPeer RouteFromClient(const net::FiveTuple& from, Bytes datagram, net::Instant now);

  // A datagram that arrived on the relay socket of `allocation`.
  RouteToClient RouteFromPeer(AllocationHandle allocation, const net::PeerAddress& peer,
                              net::Instant now);

  // An ICMP error came for what the relay socket of `allocation` had sent to `peer`: RFC 8656
  // section 11.5. The client hears of it in a Data indication when it has a permission for the
  // peer, kIcmpPerSecond times a second at most.
  static constexpr int kIcmpPerSecond = 10;
  void OnIcmpError(AllocationHandle allocation, const net::PeerAddress& peer,
                   const turn::Icmp& error, net::Instant now, Actions& actions);

  // The edge's answers to OpenRelaySocket, one for each. A failure (port in use) leads to another
  // port, and after some of them to 508. An answer for an allocation that is gone closes the
  // socket.
  void OnRelaySocketOpened(AllocationHandle allocation, net::Instant now, Actions& actions);
  void OnRelaySocketFailed(AllocationHandle allocation, net::Instant now, Actions& actions);

  // RFC 6062, TCP connections to peers. The edge's answers to ConnectPeer, one of them for each,
  // unless it was told to close it before.
  void OnPeerConnected(ConnectionId connection, net::Instant now, Actions& actions);
  void OnPeerConnectFailed(ConnectionId connection, net::Instant now, Actions& actions);
  // A peer has connected to the relayed transport address of `allocation`. The edge keeps the
  // connection under that id, and reads nothing from it before BindConnection; it closes it at once
  // when there is none.
  std::optional<ConnectionId> OnPeerAccepted(AllocationHandle allocation,
                                             const net::PeerAddress& peer, net::Instant now,
                                             Actions& actions);
  // Both sides of what BindConnection joined are closed.
  void OnDataConnectionEnded(ConnectionId connection);
  size_t connection_count() const;  // to peers, those that are being opened among them

  // The edge's answer to LookUpUser. The requests that waited for it go on. kFailed: who was known
  // before goes on as well, anybody else gets 500 (Server Error).
  enum class LookUp : uint8_t { kFound, kAbsent, kFailed };
  void OnUserLookedUp(uint64_t id, LookUp result, const LongTermKey& key, net::Instant now,
                      Actions& actions);

  // The client's TCP or TLS connection is closed: its allocation ends (RFC 8656 section 5: an
  // allocation is bound to its 5-tuple), unless it may move to another 5-tuple (RFC 8016).
  void OnClientGone(const net::FiveTuple& from, net::Instant now, Actions& actions);
  bool HasAllocation(const net::FiveTuple& from, net::Instant now) const;
  // The same, and also one that is not finished, or that is about to move there (RFC 8016).
  bool HasClient(const net::FiveTuple& from) const;

  // The allocation of this worker whose relay socket is bound to `local`, for the short cut
  // between two clients of one relay (RouteToPeer::peer_is_own).
  bool FindByRelayedAddress(const net::Endpoint& local, AllocationHandle& found) const;

  // Never after the earliest end of an allocation; perhaps earlier while that is far away, when
  // OnTimeout has only some housekeeping to do. Instant::Max() when nothing is pending.
  net::Instant NextDeadline() const;
  // Ends what is due, at most kMaxEndsPerTimeout allocations in one call, so that a mass expiry
  // does not hold up the packets; NextDeadline() stays in the past while more is due. Routes do not
  // wait for it: an allocation carries nothing from the nanosecond at which its lifetime is over.
  static constexpr int kMaxEndsPerTimeout = 256;
  void OnTimeout(net::Instant now, Actions& actions);

  // What is to be told of each live allocation, for who watches: at most `count` slots from `first`
  // on are looked at. Returns the next slot to begin with, 0 when all were seen. Views live for the
  // call of `visit` only.
  uint32_t Survey(uint32_t first, uint32_t count, net::Instant now,
                  absl::FunctionRef<void(const AllocationStatus&)> visit) const;

  // An operator wants it away; its other family goes, too. False: there is no such allocation.
  bool End(AllocationHandle allocation, Actions& actions);

  // What each direction of an allocation may carry in its realm, in bytes per second; 0: unlimited.
  uint64_t BandwidthOf(AllocationHandle allocation) const;

  // Ends everything that lives, because the server stops.
  void EndAll(Actions& actions);

  size_t allocation_count() const;  // pending ones among them
  const RelayCounters& counters() const;
  // Invariants, checked in debug builds after each public call.
  bool IsConsistent() const;

 private:
  RandomSource& random_;
  EventSink* const events_;
  std::shared_ptr<const RelayRules> rules_;
  std::unique_ptr<RelayTables> tables_;
  std::unique_ptr<RelayState> state_;  // refers to both
};

}  // namespace koeru::relay
