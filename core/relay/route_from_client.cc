#include "core/relay/mobility.h"
#include "core/relay/relay.h"
#include "core/relay/relay_state.h"
#include "core/relay/route_peer.h"
#include "core/relay/unknown_attributes.h"
#include "core/stun/message_view.h"
#include "core/turn/attributes/data.h"
#include "core/turn/attributes/dont_fragment.h"
#include "core/turn/attributes/xor_peer_address.h"
#include "core/turn/channel_data.h"

namespace koeru::relay {
namespace {

RouteToPeer DropFor(Drop cause) {
  RouteToPeer route;
  route.drop = cause;
  return route;
}

size_t OffsetIn(Bytes whole, Bytes part) {
  return part.empty() ? 0 : static_cast<size_t>(part.data() - whole.data());
}

// RFC 8656 section 12.6: "Receiving a ChannelData Message".
RouteToPeer RouteChannelData(const RelayState& state, const Allocation& allocation, Bytes datagram,
                             net::Instant now) {
  const auto message = turn::ChannelDataView::Parse(datagram);
  if (!message.ok()) return DropFor(Drop::kMalformed);
  const Allocation* bound = &allocation;
  const Channel* channel = allocation.channels.FindByNumber(message->channel, now);
  if (channel == nullptr && (bound = allocation.LiveOther(now)) != nullptr) {
    channel = bound->channels.FindByNumber(message->channel, now);
  }
  // "If there is no such binding, the server silently discards the message."
  if (channel == nullptr) return DropFor(Drop::kNoChannel);
  RouteToPeer route;
  route.allocation = bound->handle;
  route.peer = channel->peer;
  route.payload_offset = turn::kChannelDataHeaderSize;
  route.payload_size = message->data.size();
  RoutePeer(state, *bound, now, route);
  return route;
}

// RFC 8656 section 11.2: "Receiving a Send Indication".
RouteToPeer RouteSendIndication(const RelayState& state, const Allocation& allocation,
                                Bytes datagram, net::Instant now) {
  const auto message = stun::MessageView::Parse(datagram);
  if (!message.ok()) return DropFor(Drop::kMalformed);
  if (message->type() != stun::MessageType{stun::Method::kSend, stun::Class::kIndication}) {
    return DropFor(Drop::kNotAPacket);
  }
  // "If the message is invalid": no XOR-PEER-ADDRESS or no DATA. RFC 8489 section 6.3.2: an
  // indication with unknown comprehension-required attributes is discarded.
  std::optional<stun::RawAttribute> peer, data;
  RouteToPeer route;
  for (const stun::RawAttribute& attribute : message->attributes()) {
    if (attribute.ignored) continue;
    if (attribute.type == turn::XorPeerAddress::kType) {
      if (!peer) peer = attribute;
    } else if (attribute.type == turn::Data::kType) {
      if (!data) data = attribute;
    } else if (!IsUnderstood(attribute.type, state.config)) {
      return DropFor(Drop::kMalformed);
    } else if (attribute.type == turn::DontFragment::kType) {
      route.dont_fragment = true;
    }
  }
  if (!peer || !data) return DropFor(Drop::kMalformed);
  const auto address = turn::XorPeerAddress::Decode(peer->value, message->transaction_id());
  if (!address.ok() || address->endpoint.port == 0) return DropFor(Drop::kMalformed);
  // No permission is for a peer of another family.
  const Allocation* const fitting = allocation.LiveOf(address->endpoint.address.family(), now);
  if (fitting == nullptr) return DropFor(Drop::kNoPermission);
  route.allocation = fitting->handle;
  route.peer.endpoint = address->endpoint;
  route.payload_offset = OffsetIn(datagram, data->value);
  route.payload_size = data->value.size();
  RoutePeer(state, *fitting, now, route);
  return route;
}

}  // namespace

RouteToPeer Relay::RouteFromClient(const net::FiveTuple& from, Bytes datagram, net::Instant now) {
  if (datagram.empty() || (datagram[0] & 0x80) != 0) return DropFor(Drop::kNotAPacket);
  const Allocation* allocation = state_->FindLive(from, now);
  Allocation* moving = nullptr;
  if (allocation == nullptr) allocation = moving = state_->FindLiveMovingTo(from, now);
  if (allocation == nullptr || allocation->tcp) return DropFor(Drop::kNoAllocation);
  // RFC 7983 section 7: the first two bits tell ChannelData (01) from STUN (00).
  const RouteToPeer route = (datagram[0] & 0x40) != 0
                                ? RouteChannelData(*state_, *allocation, datagram, now)
                                : RouteSendIndication(*state_, *allocation, datagram, now);
  // RFC 8016 section 3.2.2: the first data on the new 5-tuple is the end of the old one.
  if (moving != nullptr && route.drop == Drop::kNone) CompleteMove(*state_, *moving);
  return route;
}

}  // namespace koeru::relay
