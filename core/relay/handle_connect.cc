#include "core/relay/handlers.h"
#include "core/relay/judge_peer.h"
#include "core/relay/peer_connections.h"
#include "core/relay/reply.h"
#include "core/relay/route_peer.h"
#include "core/turn/attributes/xor_peer_address.h"

namespace koeru::relay {
namespace {

// An address of this server is reached for its TCP relays alone, and by no relay for itself.
bool IsOtherLiveRelay(const RelayState& state, const Allocation& allocation,
                      const net::Endpoint& peer) {
  return state.config.live_tcp != nullptr && state.config.live_tcp->Contains(peer) &&
         peer != allocation.relayed;
}

}  // namespace

// RFC 6062 section 5.2: "Receiving a Connect Request".
void HandleConnect(RelayState& state, Request& request) {
  // "If the request is received on a TCP connection for which no allocation exists": 437.
  Allocation* allocation = FindOwnAllocation(state, request);
  if (allocation == nullptr) return;
  if (!allocation->tcp) return Refuse(state, request, {403, RefusalCause::kNotForTcp});

  // "If the request does not contain an XOR-PEER-ADDRESS attribute, or if such attribute is
  // invalid": 400.
  const auto peer = request.message.Get<turn::XorPeerAddress>();
  if (!peer.ok() || !*peer || (*peer)->endpoint.port == 0) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed, "XOR-PEER-ADDRESS is missing or malformed"});
  }
  const net::PeerAddress to{(*peer)->endpoint};

  // "If the new connection is forbidden by local policy": 403.
  PeerVerdict verdict;
  allocation = JudgePeer(state, request, *allocation, to.endpoint, verdict);
  if (allocation == nullptr) return;
  if (!verdict.allowed() && !IsOtherLiveRelay(state, *allocation, to.endpoint)) {
    return Refuse(state, request, {403, RefusalCause::kPeerDenied, verdict.rule, to.endpoint});
  }
  // "If the server is currently processing a Connect request for this allocation with the same
  // XOR-PEER-ADDRESS", or the connections of an earlier one "are either pending or active": 446.
  if (state.connections.Find(allocation->handle, to) != nullptr) {
    return Refuse(state, request, {446, RefusalCause::kConnectionExists, {}, to.endpoint});
  }
  if (const RefusalReason* limit = FindConnectionLimit(state, allocation->handle, true)) {
    return Refuse(state, request, *limit);
  }
  // "Otherwise, the server MUST initiate an outgoing TCP connection. The local endpoint is the
  // relayed transport address associated with the allocation."
  PeerConnection& connection = state.connections.Create(allocation->handle, to, state.random);
  connection.state = PeerConnection::State::kConnecting;
  connection.connect = ReplyTo::Of(request);
  state.connections.timers().Schedule(connection.timer, request.now + state.config.connect_timeout);
  ConnectPeer connect{connection.id, allocation->handle, allocation->local, to.endpoint};
  if (verdict.allowed()) return request.actions.Connect(connect);
  if (const auto* relay = FindByAdvertised(state.config, to.endpoint.address)) {
    connect.peer.address = relay->local;
  }
  request.actions.Connect(connect);
}

}  // namespace koeru::relay
