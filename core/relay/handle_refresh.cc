#include <algorithm>
#include <utility>

#include "core/relay/handlers.h"
#include "core/relay/mobility.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/nonce.h"
#include "core/stun/attributes/realm.h"
#include "core/turn/attributes/lifetime.h"
#include "core/turn/attributes/requested_address_family.h"

namespace koeru::relay {
namespace {

bool IsOf(const Allocation& allocation, const turn::RequestedAddressFamily& wanted) {
  return stun::ToAddressFamily(allocation.family()) == wanted.family;
}

// RFC 7635 section 9: from now on the token of this request counts, and its session key signs. The
// allocation is counted where it was made.
void TakeToken(RelayState& state, const Request& request, Allocation& allocation) {
  allocation.authorized_until = request.authorized_until;
  Owner* const before = allocation.owner;
  if (before == nullptr) return;
  allocation.owner = state.owners.Acquire(request.username, request.key, before->quota_account());
  state.owners.Release(before);
}

// "If the request contains a LIFETIME attribute and the attribute value is zero, then the "desired
// lifetime" is zero": "the allocation is deleted". A retransmission of it finds no allocation and
// gets 437, which "the client will treat as equivalent to a success response". "Otherwise ... set
// the time-to-expiry to the desired lifetime": permissions and channels keep their own.
void Apply(RelayState& state, const Request& request, Allocation& allocation, uint32_t granted_s) {
  if (granted_s == 0) {
    return EndAllocation(state, allocation, EndReason::kRefreshedToZero, request.actions);
  }
  allocation.end = request.now + std::chrono::seconds(granted_s);
  state.timers.Schedule(allocation.timer, allocation.end);
}

// RFC 8016 section 3.2.2: the allocation is found by its ticket and not by the 5-tuple. Null after
// refusing the request.
Allocation* MoveHere(RelayState& state, const Request& request, Bytes ticket) {
  const auto refuse = [&](const RefusalReason& reason) -> Allocation* {
    Refuse(state, request, reason);
    return nullptr;
  };
  if (!state.config.mobility) return refuse({405, RefusalCause::kMobilityForbidden});
  // PassOnMove has kept it because of the allocation that is here.
  if (OtherWorkerOf(state, ticket)) return refuse({437, RefusalCause::kAllocationExists});
  Allocation* const allocation = FindByTicket(state, ticket, request.from, request.now);
  if (allocation == nullptr) return refuse({400, RefusalCause::kBadTicket});
  // Who has seen a ticket and holds a token of his own is not the owner: with the same key only.
  const bool is_owner = IsFromOwner(state, *allocation, request) &&
                        (!request.key.is_of_token() || allocation->owner->key == request.key);
  if (!is_owner) return refuse({441, RefusalCause::kNotTheOwner});
  if (!KeepsOrigin(state, *allocation, request)) return refuse({441, RefusalCause::kOriginChanged});
  if (!BeginMove(state, *allocation, ticket, request.from)) {
    return refuse({437, RefusalCause::kAllocationExists});
  }
  return allocation;
}

}  // namespace

bool PassOnMove(RelayState& state, const Request& request) {
  if (!state.config.mobility) return false;
  const auto ticket = request.message.Get<stun::MobilityTicket>();
  if (!ticket.ok() || !*ticket) return false;
  const auto worker = OtherWorkerOf(state, (*ticket)->ticket);
  if (!worker) return false;
  if (state.allocations.Find(request.from) != nullptr ||
      state.allocations.FindMovingTo(request.from) != nullptr) {
    return false;
  }
  // Who has no valid nonce is challenged here: a forged source never gets to the other worker. The
  // user is checked there, because his key is known with the allocation.
  if (!state.config.anonymous) {
    const auto nonce = request.message.Get<stun::Nonce>();
    const auto ports =
        net::IsStream(request.from.transport) ? NonceMint::Ports::kAny : NonceMint::Ports::kTheSame;
    const auto name = request.message.Get<stun::Realm>();
    const RealmRules* const realm =
        name.ok() && *name ? state.rules.FindRealm((*name)->text) : nullptr;
    if (realm == nullptr || !nonce.ok() || !*nonce ||
        realm->nonces.Check((*nonce)->text, request.from.client, ports, request.wall) !=
            NonceVerdict::kFresh) {
      return false;
    }
  }
  request.actions.Move(request.from, *worker, request.message.bytes());
  return true;
}

// RFC 8656 section 8.2: "Receiving a Refresh Request".
void HandleRefresh(RelayState& state, Request& request) {
  const auto lifetime = request.message.Get<turn::Lifetime>();
  const auto family = request.message.Get<turn::RequestedAddressFamily>();
  const auto ticket = request.message.Get<stun::MobilityTicket>();
  if (!lifetime.ok() || !family.ok() || !ticket.ok()) {
    return Refuse(
        state, request,
        {400, RefusalCause::kMalformed, "LIFETIME or REQUESTED-ADDRESS-FAMILY is malformed"});
  }
  Allocation* allocation =
      *ticket ? MoveHere(state, request, (*ticket)->ticket) : FindOwnAllocation(state, request);
  if (allocation == nullptr) return;

  // Section 8.1: "If no REQUESTED-ADDRESS-FAMILY attribute is included, then the request should be
  // treated as applying to all current allocations."
  Allocation* other = allocation->LiveOther(request.now);
  // "If the server receives a Refresh Request with a REQUESTED-ADDRESS-FAMILY attribute and the
  // attribute value does not match the address family of the allocation, the server MUST reply
  // with a 443 (Peer Address Family Mismatch) Refresh error response."
  if (*family && !IsOf(*allocation, **family)) std::swap(allocation, other);
  if (allocation == nullptr || (*family && !IsOf(*allocation, **family))) {
    return Refuse(
        state, request,
        {443, RefusalCause::kPeerFamilyMismatch, "REQUESTED-ADDRESS-FAMILY is not the allocation's",
         (allocation != nullptr ? allocation : other)->relayed});
  }
  // Both of a dual allocation have one client, and so one key.
  if (request.authorized_until != net::Instant::Max()) {
    TakeToken(state, request, *allocation);
    if (Allocation* second = allocation->LiveOther(request.now)) TakeToken(state, request, *second);
  }
  if (*family) other = nullptr;

  const bool gives_back = *lifetime && (*lifetime)->seconds == 0;
  const uint32_t wanted_s = *lifetime ? (*lifetime)->seconds : 0;
  const uint32_t granted_s = gives_back ? 0
                                        : std::min(GrantLifetime(state.config, wanted_s),
                                                   SecondsLeft(*allocation, request.now));
  // RFC 8016 section 3.2.2: the answer has a new ticket.
  const bool something_stays =
      !gives_back || (*family && allocation->LiveOther(request.now) != nullptr);
  const bool moves_on = *ticket && something_stays;
  const Ticket new_ticket = moves_on ? TicketOf(state, *allocation) : Ticket{};
  Apply(state, request, *allocation, granted_s);
  if (other != nullptr) Apply(state, request, *other, granted_s);
  Reply reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse);
  reply.Add(turn::Lifetime{granted_s});
  if (moves_on) reply.Add(stun::MobilityTicket{new_ticket});
  ++state.counters.successes;
  reply.Send(request.now, request.actions);
}

}  // namespace koeru::relay
