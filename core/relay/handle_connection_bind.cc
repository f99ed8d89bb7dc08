#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/turn/attributes/connection_id.h"

namespace koeru::relay {
namespace {

std::optional<ConnectionId> IdOf(const Request& request) {
  const auto attribute = request.message.Get<turn::ConnectionId>();
  if (!attribute.ok() || !*attribute) return std::nullopt;
  return static_cast<ConnectionId>((*attribute)->id);
}

}  // namespace

bool PassOn(RelayState& state, const Request& request) {
  const auto id = IdOf(request);
  if (!id || !net::IsStream(request.from.transport)) return false;
  const auto worker = state.connections.WorkerOf(*id);
  if (!worker || *worker == state.connections.own_worker()) return false;
  // A control connection stays with its allocation.
  if (state.allocations.Find(request.from) != nullptr) return false;
  request.actions.Move(request.from, *worker, request.message.bytes());
  return true;
}

// RFC 6062 section 5.4: "Receiving a ConnectionBind Request".
void HandleConnectionBind(RelayState& state, Request& request) {
  // "If the client connection transport is not TCP or TLS": 400.
  if (!net::IsStream(request.from.transport)) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed, "ConnectionBind comes over TCP or TLS"});
  }
  // A control connection goes on carrying STUN messages.
  if (state.allocations.Find(request.from) != nullptr) {
    return Refuse(
        state, request,
        {400, RefusalCause::kMalformed, "ConnectionBind comes on a connection of its own"});
  }
  // "If the request does not contain the CONNECTION-ID attribute, or if this attribute does not
  // refer to an existing pending connection": 400.
  const auto id = IdOf(request);
  if (!id) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed, "CONNECTION-ID is missing or malformed"});
  }
  PeerConnection* const connection = state.connections.Find(*id);
  const Allocation* const allocation =
      connection == nullptr ? nullptr : state.allocations.Find(connection->allocation);
  if (allocation == nullptr || !allocation->IsLive(request.now) ||
      connection->state != PeerConnection::State::kUnbound) {
    return Refuse(state, request, {400, RefusalCause::kUnknownConnection});
  }
  // RFC 8656 section 5, for all requests about an allocation: 441.
  if (!IsFromOwner(state, *allocation, request)) {
    return Refuse(state, request, {441, RefusalCause::kNotTheOwner});
  }
  // "Otherwise, the client connection is now called a client data connection."
  connection->state = PeerConnection::State::kBound;
  state.connections.timers().Cancel(connection->timer);
  ++state.counters.successes;
  Reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse)
      .Send(request.now, request.actions);
  request.actions.Bind(request.from, *id);
}

}  // namespace koeru::relay
