#pragma once

// An allocation: RFC 8656 section 5. About 400 bytes, all of it in one slot of AllocationTable
// while it has at most two permissions and two channels.
//
// A dual allocation (ADDITIONAL-ADDRESS-FAMILY) is two of them, one for each address family, that
// know each other: with their own sockets, ends, permissions and channels, but one 5-tuple.

#include <array>
#include <cstdint>
#include <memory>

#include "core/net/five_tuple.h"
#include "core/relay/actions.h"
#include "core/relay/channel_list.h"
#include "core/relay/config.h"
#include "core/relay/owner_table.h"
#include "core/relay/permission_list.h"
#include "core/relay/timer_wheel.h"
#include "core/stun/transaction_id.h"

namespace koeru::relay {

// Which integrity attribute a reply carries: the kind that the request had.
enum class Integrity : uint8_t { kNone, kSha1, kSha256 };

struct Allocation {
  enum class State : uint8_t {
    kFree,
    kPending,  // waits for OnRelaySocketOpened or OnRelaySocketFailed
    kOpened,   // waits for the same of its other family
    kLive,
  };

  AllocationHandle handle;
  State state = State::kFree;
  net::FiveTuple five_tuple;
  net::Endpoint local;                 // what the relay socket is bound to
  net::Endpoint relayed;               // the same as the client knows it (external-ip)
  Owner* owner = nullptr;              // null: anonymous
  Allocation* other_family = nullptr;  // the other one of a dual allocation
  bool tcp = false;  // RFC 6062: `local` accepts connections, and carries no datagrams

  TimerNode timer{this};  // fires at `end`
  net::Instant end;       // the first instant at which it is no more
  // RFC 7635: the end of the access token that it was made or refreshed with last.
  net::Instant authorized_until = net::Instant::Max();

  // What a retransmitted Allocate request is answered from (RFC 8656 section 7.2, "the stateless
  // stack approach").
  stun::TransactionId allocate_id{};
  uint32_t granted_s = 0;
  Integrity integrity = Integrity::kNone;
  bool fingerprint = false;

  // EVEN-PORT and RESERVATION-TOKEN.
  bool even_port = false;
  bool reserve_next = false;
  bool from_reservation = false;  // this port and no other
  bool has_token = false;
  uint16_t other_family_error = 0;  // ADDRESS-ERROR-CODE: asked for and not possible
  ReservationToken token{};
  uint8_t tries_left = 0;   // of other ports, while pending
  uint64_t origin_tag = 0;  // of the ORIGIN that it was made with; 0: none, or it does not matter
  uint8_t relay_index = 0;  // into RelayConfig::relay_addresses

  // RFC 8016 (mobility.h): null unless a client that has shown its ticket is about to use this
  // 5-tuple instead.
  std::unique_ptr<net::FiveTuple> next_tuple;
  bool mobile = false;  // MOBILITY-TICKET was asked for
  uint16_t ticket_serial = 0;

  // Data indications about ICMP errors in the current second.
  uint32_t icmp_second = 0;
  uint16_t icmp_count = 0;

  PermissionList permissions;
  ChannelList channels;

  // Empty when anonymous.
  std::string_view username() const {
    return owner != nullptr ? std::string_view(owner->username) : std::string_view();
  }
  QuotaAccount quota_account() const {
    return owner != nullptr ? owner->quota_account() : QuotaAccount();
  }
  bool IsLive(net::Instant now) const { return state == State::kLive && now < end; }
  net::Family family() const { return relayed.address.family(); }
  // Its other family, or the one of the two that has that family; null when it is not live.
  Allocation* LiveOther(net::Instant now) const {
    return other_family != nullptr && other_family->IsLive(now) ? other_family : nullptr;
  }
  Allocation* LiveOf(net::Family wanted, net::Instant now) {
    if (family() == wanted) return IsLive(now) ? this : nullptr;
    return LiveOther(now);
  }
  const Allocation* LiveOf(net::Family wanted, net::Instant now) const {
    return const_cast<Allocation*>(this)->LiveOf(wanted, now);
  }
};

}  // namespace koeru::relay
