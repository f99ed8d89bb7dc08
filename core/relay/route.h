#pragma once

// The data plane's answers: where a packet goes. The payload itself never enters the state
// machine, and nothing is allocated for it.

#include <cstdint>

#include "core/net/five_tuple.h"
#include "core/relay/actions.h"

namespace koeru::relay {

// Why a data packet was dropped; each cause has a counter.
enum class Drop : uint8_t {
  kNone,
  kNotAPacket,  // neither STUN nor ChannelData
  kNoAllocation,
  kNoChannel,     // ChannelData on a number that is not bound (or expired)
  kNoPermission,  // RFC 8656 section 9
  kMalformed,
  kPeerDenied,     // the peer policy, judged again for the server's own addresses
  kOverBandwidth,  // RelayConfig::max_bytes_per_second
};

// Client to peer: send `payload` from the allocation's relay socket to `peer`.
struct RouteToPeer {
  Drop drop = Drop::kNone;  // anything else: drop and count
  AllocationHandle allocation;
  net::PeerAddress peer;
  // The payload inside the packet that was given.
  size_t payload_offset = 0;
  size_t payload_size = 0;
  bool dont_fragment = false;
  // The peer is a live relayed address of this server, and `peer` is what its socket is bound to,
  // also behind a NAT (external-ip). The edge may hand the packet straight to RouteFromPeer of the
  // allocation that FindByRelayedAddress(peer) finds, with the address that this allocation's own
  // socket is bound to as the peer; or just send it.
  bool peer_is_own = false;
};

// Peer to client: wrap `payload` as ChannelData on `channel`, or, when channel is 0, as a Data
// indication from `peer`, and send it to the client.
struct RouteToClient {
  Drop drop = Drop::kNone;
  net::FiveTuple five_tuple;
  uint16_t channel = 0;
  // As the client knows it: what a Data indication names. It differs from the address that was
  // given only for another relay of this server behind a NAT.
  net::PeerAddress peer;
};

}  // namespace koeru::relay
