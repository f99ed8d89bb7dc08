#include <array>

#include "absl/container/inlined_vector.h"
#include "core/relay/handlers.h"
#include "core/relay/judge_peer.h"
#include "core/relay/reply.h"
#include "core/stun/attribute_type.h"
#include "core/turn/attributes/xor_peer_address.h"

namespace koeru::relay {
namespace {

using Peers = absl::InlinedVector<net::Endpoint, 8>;

// What one allocation, of the two that a dual one is, gets.
struct Share {
  Allocation* allocation = nullptr;
  absl::InlinedVector<Permission, 8> permissions;
};

// Every XOR-PEER-ADDRESS of the request. "If the request is invalid": none of them, or a
// malformed one.
bool ReadPeers(const Request& request, Peers& peers) {
  for (const stun::RawAttribute& attribute : request.message.attributes()) {
    if (attribute.type != turn::XorPeerAddress::kType || attribute.ignored) continue;
    const auto peer =
        turn::XorPeerAddress::Decode(attribute.value, request.message.transaction_id());
    if (!peer.ok()) return false;
    peers.push_back(peer->endpoint);
  }
  return !peers.empty();
}

}  // namespace

// RFC 8656 section 10.2: "Receiving a CreatePermission Request". All addresses get their permission
// or none does.
void HandleCreatePermission(RelayState& state, Request& request) {
  Allocation* const allocation = FindOwnAllocation(state, request);
  if (allocation == nullptr) return;

  // "The message MUST contain at least one XOR-PEER-ADDRESS ... if no such attribute exists, or if
  // any of these attributes are invalid, then a 400 (Bad Request) error is returned."
  Peers peers;
  if (!ReadPeers(request, peers)) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed, "XOR-PEER-ADDRESS is missing or malformed"});
  }
  // "an XOR-PEER-ADDRESS attribute with an address of a different address family": 443. "The server
  // MAY impose restrictions on the IP address": 403.
  std::array<Share, 2> shares;  // IPv4, IPv6
  const net::Instant end = request.now + state.config.permission_lifetime;
  for (const net::Endpoint& peer : peers) {
    PeerVerdict verdict;
    Share& share = shares[peer.address.is_v6() ? 1 : 0];
    share.allocation = JudgePeer(state, request, *allocation, peer, verdict);
    if (share.allocation == nullptr) return;
    share.permissions.push_back({peer.address, !verdict.allowed(), end});
  }
  // "If the server is unable to satisfy the request due to some capacity limit": 508.
  for (const Share& share : shares) {
    if (share.allocation == nullptr ||
        share.allocation->permissions.HasRoomFor(
            share.permissions, state.config.max_permissions_per_allocation, request.now)) {
      continue;
    }
    return Refuse(state, request,
                  {508, RefusalCause::kTooMany, "permissions of one allocation"});
  }
  // "the server installs or refreshes a permission for the IP address contained in each
  // XOR-PEER-ADDRESS attribute ... The port portion of each attribute is ignored".
  for (const Share& share : shares) {
    for (const Permission& permission : share.permissions) {
      share.allocation->permissions.Install(permission);
    }
  }
  ++state.counters.successes;
  Reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse)
      .Send(request.now, request.actions);
}

}  // namespace koeru::relay
