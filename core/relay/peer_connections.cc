#include "core/relay/peer_connections.h"

#include <array>
#include <cassert>

#include "core/relay/relay.h"
#include "core/relay/reply.h"
#include "core/relay/route_peer.h"
#include "core/stun/message_builder.h"
#include "core/turn/attributes/connection_id.h"
#include "core/turn/attributes/xor_peer_address.h"

namespace koeru::relay {
namespace {

using State = PeerConnection::State;

void RefuseConnect(RelayState& state, const PeerConnection& connection, std::string_view detail,
                   net::Instant now, Actions& actions) {
  const Allocation& allocation = *state.allocations.Find(connection.allocation);
  Refuse(state, connection.connect, allocation.username(),
         {447, RefusalCause::kConnectFailed, detail, connection.peer.endpoint}, now, actions);
}

// RFC 6062 section 5.2: "If no ConnectionBind request associated with this peer data connection is
// received after 30 seconds, the peer data connection MUST be closed."
void AwaitBinding(RelayState& state, PeerConnection& connection, net::Instant now) {
  connection.state = State::kUnbound;
  state.connections.timers().Schedule(connection.timer, now + state.config.bind_timeout);
}

// Is there a permission for that peer? `peer` becomes what the client knows it by.
bool IsPermitted(const RelayState& state, const Allocation& allocation, net::Instant now,
                 net::PeerAddress& peer) {
  const Permission* permission = allocation.permissions.Find(peer.endpoint.address, now);
  if (permission == nullptr) {
    const auto* relay = FindByLocal(state.config, peer.endpoint.address);
    if (relay == nullptr) return false;
    peer.endpoint.address = relay->advertised;
    permission = allocation.permissions.Find(peer.endpoint.address, now);
    if (permission == nullptr) return false;
  }
  return !permission->only_live_relays ||
         (state.config.live_tcp != nullptr && state.config.live_tcp->Contains(peer.endpoint));
}

// RFC 6062 section 5.3: "the server sends a ConnectionAttempt indication to the client over the
// control connection. The indication MUST include an XOR-PEER-ADDRESS attribute containing the
// peer's transport address, as well as a CONNECTION-ID attribute".
void Announce(RelayState& state, const Allocation& allocation, const PeerConnection& connection,
              Actions& actions) {
  stun::TransactionId id;
  state.random.Fill(id);
  std::array<uint8_t, 64> buffer;  // header 20, CONNECTION-ID 8, XOR-PEER-ADDRESS 24
  stun::MessageBuilder builder(buffer, {stun::Method::kConnectionAttempt, stun::Class::kIndication},
                               id);
  builder.Add(turn::ConnectionId{static_cast<uint32_t>(connection.id)});
  builder.Add(turn::XorPeerAddress{connection.peer.endpoint});
  actions.Send(allocation.five_tuple, builder.Finish());
}

}  // namespace

void CloseConnections(RelayState& state, const Allocation& allocation, Actions& actions) {
  const ConnectionTable::List list = state.connections.Of(allocation.handle);
  for (PeerConnection* const connection : list) {
    actions.Close(connection->id);
    state.connections.Remove(*connection);
  }
}

void EndLateConnections(RelayState& state, int most, net::Instant now, Actions& actions) {
  for (int i = 0; i < most; ++i) {
    TimerNode* const due = state.connections.timers().PopExpired(now);
    if (due == nullptr) return;
    auto& connection = due->owner<PeerConnection>();
    if (connection.state == State::kConnecting) {
      RefuseConnect(state, connection, "it does not answer", now, actions);
    } else {
      ++state.counters.peers_unbound;
    }
    actions.Close(connection.id);
    state.connections.Remove(connection);
  }
}

const RefusalReason* FindConnectionLimit(const RelayState& state, AllocationHandle allocation,
                                         bool connecting) {
  static constexpr RefusalReason kOfAllocation{486, RefusalCause::kTooMany,
                                               "TCP connections of one allocation"};
  static constexpr RefusalReason kOpening{486, RefusalCause::kTooMany,
                                          "TCP connections that one allocation opens at a time"};
  static constexpr RefusalReason kOfWorker{508, RefusalCause::kTooMany,
                                           "TCP connections of one worker"};
  const RelayConfig& config = state.config;
  if (state.connections.Of(allocation).size() >= config.max_connections_per_allocation) {
    return &kOfAllocation;
  }
  if (connecting &&
      state.connections.CountConnecting(allocation) >= config.max_connecting_per_allocation) {
    return &kOpening;
  }
  return state.connections.size() >= config.max_connections ? &kOfWorker : nullptr;
}

bool ConnectionsFitAllocations(const RelayState& state) {
  bool good = state.connections.IsConsistent();
  state.connections.ForEach([&](const PeerConnection& connection) {
    const Allocation* const allocation = state.allocations.Find(connection.allocation);
    good &=
        allocation != nullptr && allocation->tcp && allocation->state == Allocation::State::kLive;
  });
  return good;
}

void Relay::OnPeerConnected(ConnectionId id, net::Instant now, Actions& actions) {
  PeerConnection* const connection = state_->connections.Find(id);
  if (connection == nullptr || connection->state != State::kConnecting) return actions.Close(id);
  AwaitBinding(*state_, *connection, now);
  ++state_->counters.peers_connected;
  ++state_->counters.successes;
  // "The server MUST include the CONNECTION-ID attribute in the Connect success response."
  Reply reply(*state_, connection->connect, stun::Class::kSuccessResponse);
  reply.Add(turn::ConnectionId{static_cast<uint32_t>(id)});
  reply.Send(now, actions);
  assert(IsConsistent());
}

// "If the connection attempt fails or times out, the server MUST return a 447 (Connection Timeout
// or Failure) error."
void Relay::OnPeerConnectFailed(ConnectionId id, net::Instant now, Actions& actions) {
  PeerConnection* const connection = state_->connections.Find(id);
  if (connection == nullptr || connection->state != State::kConnecting) return;
  RefuseConnect(*state_, *connection, "it refuses, or there is no way to it", now, actions);
  state_->connections.Remove(*connection);
  assert(IsConsistent());
}

// RFC 6062 section 5.3: "Receiving a TCP Connection on a Relayed Transport Address".
std::optional<ConnectionId> Relay::OnPeerAccepted(AllocationHandle handle,
                                                  const net::PeerAddress& peer, net::Instant now,
                                                  Actions& actions) {
  const Allocation* const allocation = state_->allocations.Find(handle);
  if (allocation == nullptr || !allocation->IsLive(now) || !allocation->tcp) return std::nullopt;
  net::PeerAddress known = peer;
  // "If no permission for this peer has been installed for this allocation, the server MUST close
  // the connection with the peer immediately after it has been accepted."
  if (!IsPermitted(*state_, *allocation, now, known) ||
      FindConnectionLimit(*state_, handle, false) != nullptr) {
    ++state_->counters.peers_refused;
    return std::nullopt;
  }
  PeerConnection& connection = state_->connections.Create(handle, known, random_);
  AwaitBinding(*state_, connection, now);
  ++state_->counters.peers_accepted;
  Announce(*state_, *allocation, connection, actions);
  assert(IsConsistent());
  return connection.id;
}

void Relay::OnDataConnectionEnded(ConnectionId id) {
  if (PeerConnection* const connection = state_->connections.Find(id)) {
    state_->connections.Remove(*connection);
  }
  assert(IsConsistent());
}

size_t Relay::connection_count() const { return state_->connections.size(); }

}  // namespace koeru::relay
