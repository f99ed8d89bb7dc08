#include <algorithm>
#include <array>

#include "core/relay/relay.h"
#include "core/relay/relay_state.h"
#include "core/stun/message_builder.h"
#include "core/turn/attributes/xor_peer_address.h"

namespace koeru::relay {
namespace {

// RFC 8656 section 11.5: "the server verifies that the type is either 3 or 11 for an ICMPv4 packet
// or either 1, 2, or 3 for an ICMPv6 packet".
bool IsForClients(net::Family family, uint8_t type) {
  if (family == net::Family::kIpv4) return type == 3 || type == 11;
  return type >= 1 && type <= 3;
}

// Section 18.13: the MTU of "Packet Too Big" and "Fragmentation Needed", else zero.
bool CarriesMtu(net::Family family, const turn::Icmp& error) {
  return family == net::Family::kIpv4 ? error.type == 3 && error.code == 4 : error.type == 2;
}

bool IsWithinRate(Allocation& allocation, net::Instant now) {
  const auto second = static_cast<uint32_t>(now.nanoseconds() / 1'000'000'000);
  if (allocation.icmp_second != second) {
    allocation.icmp_second = second;
    allocation.icmp_count = 0;
  }
  if (allocation.icmp_count >= Relay::kIcmpPerSecond) return false;
  ++allocation.icmp_count;
  return true;
}

}  // namespace

void Relay::OnIcmpError(AllocationHandle handle, const net::PeerAddress& peer,
                        const turn::Icmp& error, net::Instant now, Actions& actions) {
  const net::Family family = peer.endpoint.address.family();
  // "If there is no ... permission", "the server silently discards": as for data from the peer.
  const RouteToClient route = RouteFromPeer(handle, peer, now);
  if (!IsForClients(family, error.type) || route.drop != Drop::kNone ||
      !IsWithinRate(*state_->allocations.Find(handle), now)) {
    ++state_->counters.icmp_dropped;
    return;
  }
  stun::TransactionId id;
  state_->random.Fill(id);
  std::array<uint8_t, 64> buffer;  // header 20, XOR-PEER-ADDRESS 24, ICMP 12
  stun::MessageBuilder builder(buffer, {stun::Method::kData, stun::Class::kIndication}, id);
  builder.Add(turn::XorPeerAddress{route.peer.endpoint});
  builder.Add(turn::Icmp{error.type, error.code, CarriesMtu(family, error) ? error.data : 0});
  ++state_->counters.icmp_indications;
  actions.Send(route.five_tuple, builder.Finish());
}

}  // namespace koeru::relay
