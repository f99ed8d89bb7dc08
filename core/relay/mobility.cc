#include "core/relay/mobility.h"

namespace koeru::relay {
namespace {

void SetSerial(Allocation& allocation, uint16_t serial) {
  allocation.ticket_serial = serial;
  if (allocation.other_family != nullptr) allocation.other_family->ticket_serial = serial;
}

bool IsMoving(const Allocation& allocation) {
  return allocation.next_tuple != nullptr ||
         (allocation.other_family != nullptr && allocation.other_family->next_tuple != nullptr);
}

// A ticket has the lower bits of its generation; {0, 0} is none.
Allocation* Find(RelayState& state, const AllocationHandle& of_ticket) {
  constexpr uint32_t kBits = 0xFFFFFF;
  if (of_ticket.generation == 0) return nullptr;
  AllocationHandle whole;
  state.allocations.ForEachFrom(of_ticket.slot, 1, [&](const Allocation& allocation) {
    if ((allocation.handle.generation & kBits) == of_ticket.generation) whole = allocation.handle;
  });
  return state.allocations.Find(whole);
}

}  // namespace

Ticket TicketOf(const RelayState& state, const Allocation& allocation) {
  const Allocation* const other = allocation.other_family;
  return state.tickets.Seal({allocation.handle,
                             other != nullptr ? other->handle : AllocationHandle{},
                             allocation.ticket_serial,
                             state.connections.own_worker()});
}

std::optional<uint32_t> OtherWorkerOf(const RelayState& state, Bytes ticket) {
  const auto claim = state.tickets.Open(ticket);
  if (!claim || claim->worker == state.connections.own_worker()) return std::nullopt;
  return claim->worker;
}

Allocation* FindByTicket(RelayState& state, Bytes ticket, const net::FiveTuple& from,
                         net::Instant now) {
  const auto claim = state.tickets.Open(ticket);
  if (!claim || claim->worker != state.connections.own_worker()) return nullptr;
  Allocation* found = Find(state, claim->allocation);
  if (found == nullptr || !found->IsLive(now)) found = Find(state, claim->other_family);
  if (found == nullptr || !found->IsLive(now)) return nullptr;
  if (claim->serial == found->ticket_serial) return found;
  const bool is_last = static_cast<uint16_t>(claim->serial + 1) == found->ticket_serial;
  return is_last && (IsMoving(*found) || found->five_tuple == from) ? found : nullptr;
}

bool BeginMove(RelayState& state, Allocation& allocation, Bytes ticket, const net::FiveTuple& to) {
  const bool is_newest = state.tickets.Open(ticket)->serial == allocation.ticket_serial;
  if (to != allocation.five_tuple) {
    if (state.allocations.Find(to) != nullptr) return false;
    const Allocation* const moving = state.allocations.FindMovingTo(to);
    if (moving != nullptr && moving != &allocation && moving != allocation.other_family) {
      return false;
    }
    if (moving == nullptr) state.allocations.BeginMove(allocation, to);
  } else {
    state.allocations.CancelMove(allocation);
  }
  if (is_newest) SetSerial(allocation, static_cast<uint16_t>(allocation.ticket_serial + 1));
  return true;
}

void CompleteMove(RelayState& state, Allocation& allocation) {
  state.allocations.CompleteMove(allocation);
  ++state.counters.moves;
}

}  // namespace koeru::relay
