#include "core/relay/handlers.h"
#include "core/relay/judge_peer.h"
#include "core/relay/reply.h"
#include "core/turn/attributes/channel_number.h"
#include "core/turn/attributes/xor_peer_address.h"
#include "core/turn/channel_data.h"

namespace koeru::relay {
namespace {

// A number means one peer, whatever the family.
bool MayBind(const Allocation& allocation, uint16_t number, const net::PeerAddress& peer,
             net::Instant now) {
  const Allocation* const other = allocation.LiveOther(now);
  return allocation.channels.MayBind(number, peer, now) &&
         (other == nullptr || other->channels.MayBind(number, peer, now));
}

}  // namespace

// RFC 8656 section 12.2: "Receiving a ChannelBind Request".
void HandleChannelBind(RelayState& state, Request& request) {
  Allocation* allocation = FindOwnAllocation(state, request);
  if (allocation == nullptr) return;
  // There is nothing for a channel to carry.
  if (allocation->tcp) return Refuse(state, request, {403, RefusalCause::kNotForTcp});

  // "The request contains both a CHANNEL-NUMBER and an XOR-PEER-ADDRESS attribute", else 400.
  const auto number = request.message.Get<turn::ChannelNumber>();
  const auto peer = request.message.Get<turn::XorPeerAddress>();
  if (!number.ok() || !peer.ok() || !*number || !*peer || (*peer)->endpoint.port == 0) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed,
                   "CHANNEL-NUMBER or XOR-PEER-ADDRESS is missing or malformed"});
  }
  const uint16_t channel = (*number)->number;
  const net::PeerAddress to{(*peer)->endpoint};

  // "The channel number is in the range 0x4000 through 0x4FFF (inclusive)", else 400.
  const uint16_t max =
      state.config.rfc5766_channel_numbers ? turn::kMaxChannelRfc5766 : turn::kMaxChannel;
  if (!turn::IsChannelNumber(channel, max)) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed,
                   "CHANNEL-NUMBER is outside 0x4000-0x4FFF (rfc5766-channel-numbers widens it)",
                   to.endpoint});
  }
  // "The channel number is not currently bound to a different transport address" and "the transport
  // address is not currently bound to a different channel number", else 400.
  if (!MayBind(*allocation, channel, to, request.now)) {
    return Refuse(state, request, {400, RefusalCause::kChannelTaken, {}, to.endpoint});
  }
  // "If the XOR-PEER-ADDRESS attribute has an address of a different family": 443; "the server MAY
  // impose restrictions on the IP address": 403.
  PeerVerdict verdict;
  allocation = JudgePeer(state, request, *allocation, to.endpoint, verdict);
  if (allocation == nullptr) return;
  if (!verdict.allowed() && !state.config.live->Contains(to.endpoint)) {
    return Refuse(state, request, {403, RefusalCause::kPeerDenied, verdict.rule, to.endpoint});
  }
  // "the server is unable to satisfy the request due to some capacity limit": 508.
  const Permission permission{to.endpoint.address, !verdict.allowed(),
                              request.now + state.config.permission_lifetime};
  if (!allocation->channels.HasRoomFor(channel, state.config.max_channels_per_allocation,
                                       request.now) ||
      !allocation->permissions.HasRoomFor(
          {&permission, 1}, state.config.max_permissions_per_allocation, request.now)) {
    return Refuse(state, request, {508, RefusalCause::kTooMany, "channels of one allocation"});
  }
  // "the server creates or refreshes the channel binding ... A ChannelBind request also creates or
  // refreshes a permission for the peer's IP address."
  allocation->channels.Bind({to, channel, request.now + state.config.channel_lifetime});
  allocation->permissions.Install(permission);
  ++state.counters.successes;
  Reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse)
      .Send(request.now, request.actions);
}

}  // namespace koeru::relay
