#include <algorithm>
#include <optional>

#include "core/relay/handlers.h"
#include "core/relay/origin_of.h"
#include "core/relay/port_choice.h"
#include "core/relay/reply.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/turn/attributes/additional_address_family.h"
#include "core/turn/attributes/even_port.h"
#include "core/turn/attributes/lifetime.h"
#include "core/turn/attributes/requested_address_family.h"
#include "core/turn/attributes/requested_transport.h"
#include "core/turn/attributes/reservation_token.h"

namespace koeru::relay {
namespace {

using stun::AddressFamily;

constexpr uint8_t kOtherPortsToTry = 8;

// What the client asks for.
struct Wish {
  std::optional<turn::RequestedTransport> transport;
  std::optional<turn::RequestedAddressFamily> family;
  std::optional<turn::AdditionalAddressFamily> additional_family;
  std::optional<turn::EvenPort> even_port;
  std::optional<turn::ReservationToken> token;
  std::optional<turn::Lifetime> lifetime;
  std::optional<stun::MobilityTicket> ticket;
};

template <typename A>
bool Read(const Request& request, std::optional<A>& into) {
  const auto attribute = request.message.Get<A>();
  if (attribute.ok()) into = *attribute;
  return attribute.ok();
}

// coturn's clients ask for a dual allocation with the number of a draft
// (draft-martinsen-tram-ssoda), which nobody else has got since.
constexpr uint16_t kAdditionalAddressFamilyOfTheDraft = 0x8032;

bool ReadAdditionalFamily(const Request& request, Wish& wish) {
  if (!Read(request, wish.additional_family)) return false;
  const auto draft = request.message.Find(kAdditionalAddressFamilyOfTheDraft);
  if (wish.additional_family || !draft) return true;
  const auto attribute =
      turn::AdditionalAddressFamily::Decode(draft->value, request.message.transaction_id());
  if (attribute.ok()) wish.additional_family = *attribute;
  return attribute.ok();
}

bool ReadWish(const Request& request, Wish& wish) {
  return Read(request, wish.transport) && Read(request, wish.family) &&
         ReadAdditionalFamily(request, wish) && Read(request, wish.even_port) &&
         Read(request, wish.token) && Read(request, wish.lifetime) && Read(request, wish.ticket);
}

RefusalReason Malformed(std::string_view what) { return {400, RefusalCause::kMalformed, what}; }

// RFC 6062 section 5.1, steps 2 and 3.
std::optional<RefusalReason> CheckTcpWish(const Request& request, const Wish& wish) {
  if (!net::IsStream(request.from.transport)) {
    return Malformed("a TCP allocation is for clients over TCP or TLS");
  }
  if (wish.even_port || wish.token || request.message.Has(stun::attribute_type::kDontFragment)) {
    return Malformed("EVEN-PORT, RESERVATION-TOKEN and DONT-FRAGMENT are not for TCP");
  }
  // Its data connections and its control connection end together, so there is nothing to move.
  if (wish.ticket) {
    return RefusalReason{405, RefusalCause::kMobilityForbidden, "of a TCP allocation"};
  }
  return std::nullopt;
}

// RFC 8656 section 7.2, steps 3 to 9, as far as the request alone decides.
std::optional<RefusalReason> CheckWish(const RelayConfig& config, const Request& request,
                                       Wish& wish) {
  if (!ReadWish(request, wish)) return Malformed("an attribute is malformed");
  // RFC 8016 section 3.1.2: 405 when mobility is not allowed, 400 when the ticket is not empty.
  if (wish.ticket && !config.mobility) {
    return RefusalReason{405, RefusalCause::kMobilityForbidden};
  }
  if (wish.ticket && !wish.ticket->ticket.empty()) {
    return Malformed("MOBILITY-TICKET of an Allocate request is empty");
  }
  // Step 3: "If the REQUESTED-TRANSPORT attribute is not included or is malformed": 400; "specifies
  // a protocol that is not supported by the server": 442.
  if (!wish.transport) return Malformed("REQUESTED-TRANSPORT is missing");
  const bool is_tcp = wish.transport->protocol == turn::kProtocolTcp;
  const bool is_relayed = is_tcp
                              ? config.tcp_relay
                              : wish.transport->protocol == turn::kProtocolUdp && config.udp_relay;
  if (!is_relayed) return RefusalReason{442, RefusalCause::kUnsupportedTransport};
  if (is_tcp) {
    if (const auto refused = CheckTcpWish(request, wish)) return refused;
  }
  // Step 4, DONT-FRAGMENT, is with the unknown attributes (relay.cc).
  // Step 5: RESERVATION-TOKEN and also EVEN-PORT, REQUESTED- or ADDITIONAL-ADDRESS-FAMILY: 400.
  if (wish.token && (wish.even_port || wish.family || wish.additional_family)) {
    return Malformed("RESERVATION-TOKEN goes with neither EVEN-PORT nor an address family");
  }
  // Step 6: both families attributes: 400.
  if (wish.family && wish.additional_family) {
    return Malformed("REQUESTED-ADDRESS-FAMILY and ADDITIONAL-ADDRESS-FAMILY exclude each other");
  }
  // Step 8: EVEN-PORT with R and ADDITIONAL-ADDRESS-FAMILY: 400.
  if (wish.even_port && wish.even_port->reserve_next && wish.additional_family) {
    return Malformed("EVEN-PORT with R goes without ADDITIONAL-ADDRESS-FAMILY");
  }
  // Step 9: ADDITIONAL-ADDRESS-FAMILY of IPv4: 400. Section 18.11: "The only allowed value is
  // 0x02".
  if (wish.additional_family && wish.additional_family->family != AddressFamily::kIpv6) {
    return Malformed("ADDITIONAL-ADDRESS-FAMILY is IPv6 or absent");
  }
  return std::nullopt;
}

// The relay address of that family: the one that the client talks to, or the first.
std::optional<uint8_t> FindRelayAddress(const RelayState& state, const Request& request,
                                        AddressFamily family) {
  const auto& addresses = state.config.relay_addresses;
  std::optional<uint8_t> found;
  for (size_t i = 0; i < addresses.size() && i < 256; ++i) {
    if (stun::ToAddressFamily(addresses[i].local.family()) != family) continue;
    if (addresses[i].local == request.from.server.endpoint.address) {
      return static_cast<uint8_t>(i);
    }
    if (!found) found = static_cast<uint8_t>(i);
  }
  return found;
}

struct Place {
  uint8_t relay_index = 0;
  net::Endpoint local;
};
// Two for a dual allocation, or one and why there is no second.
struct Places {
  Place first;
  std::optional<Place> second;
  uint16_t missing = 0;
};

constexpr RefusalReason kTooManyAllocations{508, RefusalCause::kTooMany,
                                            "allocations of one worker"};

std::optional<RefusalReason> RedeemToken(RelayState& state, const Request& request,
                                         const Wish& wish, Place& place) {
  const RefusalReason refused{508, RefusalCause::kBadReservation};
  // Step 5: "the token is in range and has not expired, and the corresponding relayed transport
  // address is still available", else 508.
  if (!state.reservations.Take(wish.token->token, request.quota_name, request.home->name(),
                               request.now, place.local)) {
    return refused;
  }
  const auto& addresses = state.config.relay_addresses;
  for (size_t i = 0; i < addresses.size() && i < 256; ++i) {
    if (addresses[i].local != place.local.address) continue;
    place.relay_index = static_cast<uint8_t>(i);
    if (state.allocations.FindByLocal(place.local) == nullptr) return std::nullopt;
  }
  // The reservation's unit of quota has come with it.
  if (state.config.quota != nullptr) {
    state.config.quota->Release(request.quota_name, request.home->name());
  }
  return refused;
}

// Step 7: IPv4 unless another family is requested, or the operator says otherwise.
AddressFamily FamilyOfNoWish(const RelayConfig& config, const Request& request) {
  switch (config.default_family) {
    case DefaultFamily::kIpv4:
      break;
    case DefaultFamily::kIpv6:
      return AddressFamily::kIpv6;
    case DefaultFamily::kOfClient:
      return stun::ToAddressFamily(request.from.client.endpoint.address.family());
  }
  return AddressFamily::kIpv4;
}

// For one family. `found` places were found for this request before.
std::optional<RefusalReason> FindPlace(RelayState& state, const Request& request, const Wish& wish,
                                       AddressFamily family, size_t found, Place& place) {
  // Step 7: 440 when we have no address of the family.
  const auto index = FindRelayAddress(state, request, family);
  if (!index) return RefusalReason{440, RefusalCause::kUnsupportedFamily};
  if (state.allocations.size() + found >= state.config.max_allocations) return kTooManyAllocations;
  // Step 8: "If the server cannot satisfy the request": 508.
  PortKind kind = PortKind::kAny;
  if (wish.even_port) {
    kind = wish.even_port->reserve_next ? PortKind::kEvenWithNextFree : PortKind::kEven;
  }
  const RelayAddress& address = state.config.relay_addresses[*index];
  const auto port = ChoosePort(state, address, kind, request.now);
  if (!port) return RefusalReason{508, RefusalCause::kNoPort};
  // Step 10: "At any point, the server MAY choose to reject the request with a 486".
  state.reservations.ForgetExpired(request.now);
  if (state.config.quota != nullptr &&
      !state.config.quota->Acquire(request.quota_name, request.home->name())) {
    return RefusalReason{486, RefusalCause::kQuota};
  }
  place = {*index, {address.local, *port}};
  return std::nullopt;
}

std::optional<RefusalReason> FindPlaces(RelayState& state, const Request& request, const Wish& wish,
                                        Places& places) {
  if (wish.token) {
    if (state.allocations.size() >= state.config.max_allocations) return kTooManyAllocations;
    return RedeemToken(state, request, wish, places.first);
  }
  const AddressFamily family = wish.family              ? wish.family->family
                               : wish.additional_family ? AddressFamily::kIpv4
                                                        : FamilyOfNoWish(state.config, request);
  const auto refused = FindPlace(state, request, wish, family, 0, places.first);
  if (!wish.additional_family) return refused;
  // Step 9: "the server checks if it can allocate relayed transport addresses of both address
  // types"; one of them is enough, and ADDRESS-ERROR-CODE says why the other is not there: "440
  // (Address Family not Supported) or 508 (Insufficient Capacity)".
  Place additional;
  const auto refused_too =
      FindPlace(state, request, wish, wish.additional_family->family, refused ? 0 : 1, additional);
  if (refused && refused_too) return refused;
  if (refused) {
    places.first = additional;
  } else if (!refused_too) {
    places.second = additional;
    return std::nullopt;
  }
  places.missing = (refused ? *refused : *refused_too).code == 440 ? uint16_t{440} : uint16_t{508};
  return std::nullopt;
}

void FillPending(RelayState& state, const Request& request, const Wish& wish, const Place& place,
                 Allocation& allocation) {
  if (!state.config.anonymous) {
    allocation.owner = state.owners.Acquire(request.username, request.key,
                                            {request.quota_name, request.home->name()});
  }
  allocation.relay_index = place.relay_index;
  allocation.relayed = {state.config.relay_addresses[place.relay_index].advertised,
                        place.local.port};
  allocation.allocate_id = request.message.transaction_id();
  allocation.authorized_until = request.authorized_until;
  if (state.config.check_origin) allocation.origin_tag = TagOf(Origins::Of(request));
  allocation.granted_s =
      std::min(GrantLifetime(state.config, wish.lifetime ? wish.lifetime->seconds : 0),
               SecondsLeft(allocation, request.now));
  allocation.integrity = request.integrity;
  allocation.fingerprint = request.wants_fingerprint;
  allocation.even_port = wish.even_port.has_value();
  allocation.reserve_next = wish.even_port && wish.even_port->reserve_next;
  allocation.from_reservation = wish.token.has_value();
  allocation.mobile = wish.ticket.has_value();
  allocation.tcp = wish.transport->protocol == turn::kProtocolTcp;
  allocation.tries_left = kOtherPortsToTry;
  request.actions.Open(allocation.handle, allocation.local, allocation.tcp);
}

// "If all the checks pass, the server creates the allocation", once the edge has its sockets.
void CreatePending(RelayState& state, const Request& request, const Wish& wish,
                   const Places& places) {
  Allocation& allocation = state.allocations.Create(request.from, places.first.local);
  FillPending(state, request, wish, places.first, allocation);
  allocation.other_family_error = places.missing;
  if (!places.second) return;
  FillPending(state, request, wish, *places.second,
              state.allocations.CreateOther(allocation, places.second->local));
}

// Step 2: "if the 5-tuple is currently in use by an existing allocation": 437, unless this is a
// retransmission of the request that made it, which gets the same answer again.
bool AnswerFromExisting(RelayState& state, const Request& request) {
  Allocation* existing = state.allocations.Find(request.from);
  while (existing != nullptr && existing->state == Allocation::State::kLive &&
         existing->end <= request.now) {
    EndAllocation(state, *existing, EndReason::kExpired, request.actions);
    existing = state.allocations.Find(request.from);  // its other family
  }
  // A 5-tuple to which another allocation is about to move (RFC 8016) is in use as well.
  if (existing == nullptr && state.FindLiveMovingTo(request.from, request.now) != nullptr) {
    Refuse(state, request, {437, RefusalCause::kAllocationExists});
    return true;
  }
  if (existing == nullptr) return false;
  const bool same_user =
      existing->owner == nullptr || existing->owner->username == request.username;
  if (existing->allocate_id != request.message.transaction_id() || !same_user) {
    Refuse(state, request, {437, RefusalCause::kAllocationExists});
  } else if (existing->state != Allocation::State::kLive) {
    ++state.counters.repeated;
  } else {
    SendAllocateSuccess(state, *existing, request.now, request.actions);
  }
  return true;
}

}  // namespace

uint32_t GrantLifetime(const RelayConfig& config, uint32_t wanted_s) {
  const auto seconds = [](net::Duration d) {
    return static_cast<uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(d).count());
  };
  // "the minimum of the client's proposed lifetime and the server's maximum ... If this computed
  // lifetime is greater than the default lifetime, then the server uses the computed lifetime as
  // the initial value of the time-to-expiry field. Otherwise, the server uses the default
  // lifetime."
  return std::max(std::min(wanted_s, seconds(config.max_lifetime)),
                  seconds(config.default_lifetime));
}

uint32_t SecondsLeft(const Allocation& allocation, net::Instant now) {
  if (allocation.authorized_until == net::Instant::Max()) return UINT32_MAX;
  const auto left =
      std::chrono::duration_cast<std::chrono::seconds>(allocation.authorized_until - now).count();
  return static_cast<uint32_t>(std::clamp<int64_t>(left, 1, UINT32_MAX));
}

// RFC 8656 section 7.2: "Receiving an Allocate Request". Step 1, authentication, has been done.
void HandleAllocate(RelayState& state, Request& request) {
  if (AnswerFromExisting(state, request)) return;
  Wish wish;
  if (const auto refused = CheckWish(state.config, request, wish)) {
    return Refuse(state, request, *refused);
  }
  if (state.config.draining) {
    return Refuse(state, request,
                  {.code = 508,
                   .cause = RefusalCause::kDraining,
                   .phrase = "Insufficient Capacity: this server is going down, use another one"});
  }
  Places places;
  if (const auto refused = FindPlaces(state, request, wish, places)) {
    return Refuse(state, request, *refused);
  }
  CreatePending(state, request, wish, places);
}

}  // namespace koeru::relay
