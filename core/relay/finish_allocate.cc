#include "core/relay/handlers.h"
#include "core/relay/mobility.h"
#include "core/relay/port_choice.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/mobility_ticket.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/turn/attributes/address_error_code.h"
#include "core/turn/attributes/lifetime.h"
#include "core/turn/attributes/reservation_token.h"
#include "core/turn/attributes/xor_relayed_address.h"

namespace koeru::relay {
namespace {

void Fail(RelayState& state, Allocation& allocation, const RefusalReason& reason, net::Instant now,
          Actions& actions) {
  Refuse(state, ReplyTo::Of(allocation), allocation.username(), reason, now, actions);
  AbandonAllocation(state, allocation);
}

// RFC 8656 section 7.2: "the relayed transport address with port N+1 is assigned a token and
// reserved for a future allocation". The token is from the CSPRNG, and the reservation counts
// against the quota.
std::optional<RefusalReason> ReserveNext(RelayState& state, Allocation& allocation,
                                         net::Instant now) {
  const QuotaAccount account = allocation.quota_account();
  if (state.config.quota != nullptr && !state.config.quota->Acquire(account.name, account.realm)) {
    return RefusalReason{486, RefusalCause::kQuota, "the port that EVEN-PORT reserves"};
  }
  Reservation reservation{
      {},
      {allocation.local.address, static_cast<uint16_t>(allocation.local.port + 1)},
      std::string(account.name),
      std::string(account.realm)};
  state.random.Fill(reservation.token);
  if (!state.reservations.Put(reservation, now)) {
    if (state.config.quota != nullptr) {
      state.config.quota->Release(account.name, account.realm);
    }
    return RefusalReason{508, RefusalCause::kTooMany, "reservations"};
  }
  allocation.token = reservation.token;
  allocation.has_token = true;
  return std::nullopt;
}

void GoLive(RelayState& state, Allocation& allocation, net::Instant now) {
  allocation.state = Allocation::State::kLive;
  allocation.end = now + std::chrono::seconds(allocation.granted_s);
  state.timers.Schedule(allocation.timer, allocation.end);
  if (auto* live = LiveAddressesOf(state.config, allocation)) live->Add(allocation.relayed);
  ++state.counters.allocations_created;
  if (state.events == nullptr) return;
  const QuotaAccount account = allocation.quota_account();
  state.events->OnAllocationCreated({.allocation = allocation.handle,
                                     .five_tuple = allocation.five_tuple,
                                     .relayed = allocation.relayed,
                                     .username = allocation.username(),
                                     .quota_name = account.name,
                                     .realm = account.realm});
}

}  // namespace

void SendAllocateSuccess(RelayState& state, const Allocation& allocation, net::Instant now,
                         Actions& actions) {
  // RFC 8656 section 7.2: "the server replies with a success response ... The response contains":
  Reply reply(state, ReplyTo::Of(allocation), stun::Class::kSuccessResponse);
  const Allocation* const other = allocation.LiveOther(now);
  // Step 9: of a dual allocation "the server ... includes two XOR-RELAYED-ADDRESS attributes": IPv4
  // first, for clients that read one.
  const bool other_first = other != nullptr && allocation.relayed.address.is_v6();
  if (other_first) reply.Add(turn::XorRelayedAddress{other->relayed});
  reply.Add(turn::XorRelayedAddress{allocation.relayed});
  if (other != nullptr && !other_first) reply.Add(turn::XorRelayedAddress{other->relayed});
  reply.Add(turn::Lifetime{allocation.granted_s});
  if (allocation.has_token) reply.Add(turn::ReservationToken{allocation.token});
  reply.Add(stun::XorMappedAddress{allocation.five_tuple.client.endpoint});
  // RFC 8016 section 3.1.2.
  if (allocation.mobile) reply.Add(stun::MobilityTicket{TicketOf(state, allocation)});
  // "it MUST include an ADDRESS-ERROR-CODE attribute" when only one of the families was possible.
  if (allocation.other_family_error != 0) {
    reply.Add(turn::AddressErrorCode{
        allocation.relayed.address.is_v6() ? stun::AddressFamily::kIpv4
                                           : stun::AddressFamily::kIpv6,
        allocation.other_family_error, stun::DefaultReason(allocation.other_family_error)});
  }
  ++state.counters.successes;
  reply.Send(now, actions);
}

void FinishAllocate(RelayState& state, Allocation& allocation, net::Instant now, Actions& actions) {
  if (allocation.reserve_next && !allocation.has_token) {
    if (const auto refused = ReserveNext(state, allocation, now)) {
      actions.Close(allocation.handle);
      return Fail(state, allocation, *refused, now, actions);
    }
  }
  allocation.state = Allocation::State::kOpened;
  Allocation* const other = allocation.other_family;
  if (other != nullptr && other->state == Allocation::State::kPending) return;
  GoLive(state, allocation, now);
  if (other != nullptr) GoLive(state, *other, now);
  SendAllocateSuccess(state, allocation, now, actions);
}

void RetryAllocate(RelayState& state, Allocation& allocation, net::Instant now, Actions& actions) {
  std::optional<uint16_t> port;
  if (!allocation.from_reservation && allocation.tries_left > 0) {
    --allocation.tries_left;
    PortKind kind = allocation.even_port ? PortKind::kEven : PortKind::kAny;
    if (allocation.reserve_next) kind = PortKind::kEvenWithNextFree;
    port = ChoosePort(state, state.config.relay_addresses[allocation.relay_index], kind, now);
  }
  Allocation* const other = allocation.other_family;
  if (!port && other != nullptr) {
    // Step 9: the other family alone, when it has a socket, or as soon as it has one.
    other->other_family_error = 508;
    AbandonAllocation(state, allocation);
    if (other->state == Allocation::State::kOpened) FinishAllocate(state, *other, now, actions);
    return;
  }
  if (!port) {
    return Fail(state, allocation,
                {508, RefusalCause::kNoPort, "the relay socket could not be opened"}, now, actions);
  }
  state.allocations.ChangeLocal(allocation, {allocation.local.address, *port});
  allocation.relayed.port = *port;
  actions.Open(allocation.handle, allocation.local, allocation.tcp);
}

}  // namespace koeru::relay
