#include "core/relay/route_peer.h"

#include "core/relay/relay.h"

namespace koeru::relay {
namespace {

RouteToClient DropFor(Drop cause) {
  RouteToClient route;
  route.drop = cause;
  return route;
}

}  // namespace

const RelayAddress* FindByAdvertised(const RelayConfig& config, const net::Address& address) {
  for (const RelayAddress& relay : config.relay_addresses) {
    if (relay.advertised == address) return &relay;
  }
  return nullptr;
}

const RelayAddress* FindByLocal(const RelayConfig& config, const net::Address& address) {
  for (const RelayAddress& relay : config.relay_addresses) {
    if (relay.local == address) return &relay;
  }
  return nullptr;
}

void RoutePeer(const RelayState& state, const Allocation& allocation, net::Instant now,
               RouteToPeer& route) {
  // RFC 8656 section 9 and 12.6: also a channel's peer needs a permission, which ends on its own.
  const Permission* const permission =
      allocation.permissions.Find(route.peer.endpoint.address, now);
  if (permission == nullptr) {
    route.drop = Drop::kNoPermission;
    return;
  }
  if (!permission->only_live_relays) return;
  if (!state.config.live->Contains(route.peer.endpoint)) {
    route.drop = Drop::kPeerDenied;
    return;
  }
  route.peer_is_own = true;
  if (const auto* relay = FindByAdvertised(state.config, route.peer.endpoint.address)) {
    route.peer.endpoint.address = relay->local;
  }
}

// RFC 8656 section 11.3 and 12.7: "When the server receives a UDP datagram at a currently allocated
// relayed transport address".
RouteToClient Relay::RouteFromPeer(AllocationHandle handle, const net::PeerAddress& peer,
                                   net::Instant now) {
  const Allocation* const allocation = state_->allocations.Find(handle);
  if (allocation == nullptr || !allocation->IsLive(now) || allocation->tcp) {
    return DropFor(Drop::kNoAllocation);
  }
  net::PeerAddress known = peer;
  // "the server checks to see whether the set of permissions for the allocation allow the relaying
  // of the UDP datagram".
  const Permission* permission = allocation->permissions.Find(known.endpoint.address, now);
  if (permission == nullptr) {
    // From a socket of our own: the client knows it by its advertised address.
    const auto* relay = FindByLocal(state_->config, known.endpoint.address);
    if (relay == nullptr) return DropFor(Drop::kNoPermission);
    known.endpoint.address = relay->advertised;
    permission = allocation->permissions.Find(known.endpoint.address, now);
    if (permission == nullptr) return DropFor(Drop::kNoPermission);
  }
  if (permission->only_live_relays && !state_->config.live->Contains(known.endpoint)) {
    return DropFor(Drop::kPeerDenied);
  }
  RouteToClient route;
  route.five_tuple = allocation->five_tuple;
  route.peer = known;
  if (const Channel* channel = allocation->channels.FindByPeer(known, now)) {
    route.channel = channel->number;
  }
  return route;
}

}  // namespace koeru::relay
