#include "core/relay/judge_peer.h"

#include "core/relay/handlers.h"
#include "core/relay/mobility.h"
#include "core/relay/origin_of.h"
#include "core/relay/reply.h"

namespace koeru::relay {

Allocation* JudgePeer(RelayState& state, const Request& request, Allocation& allocation,
                      const net::Endpoint& peer, PeerVerdict& verdict) {
  Allocation* const fitting = allocation.LiveOf(peer.address.family(), request.now);
  if (fitting == nullptr) {
    Refuse(state, request, {443, RefusalCause::kPeerFamilyMismatch, {}, peer});
    return nullptr;
  }
  verdict = state.RealmOf(allocation).policy.Judge(peer.address);
  if (verdict.denied()) {
    Refuse(state, request, {403, RefusalCause::kPeerDenied, verdict.rule, peer});
    return nullptr;
  }
  return fitting;
}

bool IsFromOwner(const RelayState& state, const Allocation& allocation, const Request& request) {
  if (allocation.owner == nullptr) return true;
  const Owner& owner = *allocation.owner;
  // A kid is no user, whatever its name.
  if (owner.key.is_of_token() != request.key.is_of_token()) return false;
  // RFC 7635 section 9: "The client MUST use the new token to refresh existing allocations", which
  // may be of another authorization server. The 5-tuple is the client's own: its nonce proves it.
  const bool is_of_its_realm = &state.RealmOf(allocation) == request.home;
  if (request.authorized_until != net::Instant::Max()) return is_of_its_realm;
  return owner.username == request.username && (request.key.is_of_token() || is_of_its_realm);
}

bool KeepsOrigin(const RelayState& state, const Allocation& allocation, const Request& request) {
  // 0: it was made before the check was on.
  return !state.config.check_origin || allocation.origin_tag == 0 ||
         allocation.origin_tag == TagOf(Origins::Of(request));
}

Allocation* FindOwnAllocation(RelayState& state, const Request& request) {
  Allocation* allocation = state.FindLive(request.from, request.now);
  Allocation* moving = nullptr;
  if (allocation == nullptr) {
    allocation = moving = state.FindLiveMovingTo(request.from, request.now);
  }
  // RFC 8656 section 5: "437 (Allocation Mismatch)" when there is none on this 5-tuple.
  if (allocation == nullptr) {
    Refuse(state, request, {437, RefusalCause::kNoAllocation});
    return nullptr;
  }
  // Section 5: a request that "does not use the same username as used to create the allocation ...
  // MUST be rejected with a 441 (Wrong Credentials)".
  if (!IsFromOwner(state, *allocation, request)) {
    Refuse(state, request, {441, RefusalCause::kNotTheOwner});
    return nullptr;
  }
  if (!KeepsOrigin(state, *allocation, request)) {
    Refuse(state, request, {441, RefusalCause::kOriginChanged});
    return nullptr;
  }
  // RFC 8016 section 3.2.2: the client uses its new 5-tuple.
  if (moving != nullptr) CompleteMove(state, *moving);
  return allocation;
}

}  // namespace koeru::relay
