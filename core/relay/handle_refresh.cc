#include <utility>

#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/turn/attributes/lifetime.h"
#include "core/turn/attributes/requested_address_family.h"

namespace koeru::relay {
namespace {

bool IsOf(const Allocation& allocation, const turn::RequestedAddressFamily& wanted) {
  return stun::ToAddressFamily(allocation.family()) == wanted.family;
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

}  // namespace

// RFC 8656 section 8.2: "Receiving a Refresh Request".
void HandleRefresh(RelayState& state, Request& request) {
  const auto lifetime = request.message.Get<turn::Lifetime>();
  const auto family = request.message.Get<turn::RequestedAddressFamily>();
  if (!lifetime.ok() || !family.ok()) {
    return Refuse(state, request,
                  {400, RefusalCause::kMalformed,
                   "LIFETIME or REQUESTED-ADDRESS-FAMILY is malformed"});
  }
  Allocation* allocation = FindOwnAllocation(state, request);
  if (allocation == nullptr) return;

  // Section 8.1: "If no REQUESTED-ADDRESS-FAMILY attribute is included, then the request should be
  // treated as applying to all current allocations."
  Allocation* other = allocation->LiveOther(request.now);
  // "If the server receives a Refresh Request with a REQUESTED-ADDRESS-FAMILY attribute and the
  // attribute value does not match the address family of the allocation, the server MUST reply
  // with a 443 (Peer Address Family Mismatch) Refresh error response."
  if (*family && !IsOf(*allocation, **family)) std::swap(allocation, other);
  if (allocation == nullptr || (*family && !IsOf(*allocation, **family))) {
    return Refuse(state, request,
                  {443, RefusalCause::kPeerFamilyMismatch,
                   "REQUESTED-ADDRESS-FAMILY is not the allocation's",
                   (allocation != nullptr ? allocation : other)->relayed});
  }
  if (*family) other = nullptr;

  const bool gives_back = *lifetime && (*lifetime)->seconds == 0;
  const uint32_t granted_s =
      gives_back ? 0 : GrantLifetime(state.config, *lifetime ? (*lifetime)->seconds : 0);
  Apply(state, request, *allocation, granted_s);
  if (other != nullptr) Apply(state, request, *other, granted_s);
  Reply reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse);
  reply.Add(turn::Lifetime{granted_s});
  ++state.counters.successes;
  reply.Send(request.now, request.actions);
}

}  // namespace koeru::relay
