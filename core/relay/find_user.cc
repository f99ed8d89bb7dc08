#include "core/relay/find_user.h"

namespace koeru::relay {
namespace {

using Outcome = FoundUser::Outcome;
using Standing = KnownUsers::Standing;

// Realms have no NUL byte in their names, so no two users share one of these.
std::string IdentityOf(const Request& request, std::string_view username) {
  std::string identity = request.realm->name();
  identity += '\0';
  return identity += username;
}

// The open question about that user; opens one when there is none. Nothing: too many are.
std::optional<uint64_t> Ask(RelayState& state, const Request& request, std::string_view username) {
  const std::string identity = IdentityOf(request, username);
  if (const auto open = state.users.Find(identity)) return open->id;
  const auto id = state.users.Begin(identity, request.from.client.endpoint.address, request.now);
  if (!id) {
    ++state.counters.lookups_dropped;
    return std::nullopt;
  }
  ++state.counters.lookups;
  request.actions.LookUp(*id, request.realm->name(), username);
  return id;
}

}  // namespace

FoundUser FindUser(RelayState& state, const Request& request, std::string_view username) {
  const std::string identity = IdentityOf(request, username);
  const KnownUsers::Answer known = state.users.known.Find(identity, request.now);
  switch (known.standing) {
    case Standing::kFresh:
      return {Outcome::kKnown, known.key};
    case Standing::kAbsent:
      return {Outcome::kAbsent};
    case Standing::kStale:
      if (request.resumption != Resumption::kNotAnswered) Ask(state, request, username);
      break;
    case Standing::kOld:
    case Standing::kUnknown:
      break;
  }
  const bool has_key = known.standing == Standing::kStale || known.standing == Standing::kOld;
  const auto open = state.users.Find(identity);
  const bool no_answer = request.resumption != Resumption::kNone || (open && open->is_late);
  if (no_answer) return {has_key ? Outcome::kKnown : Outcome::kNotAnswered, known.key};
  if (known.standing == Standing::kStale) return {Outcome::kKnownStale, known.key};
  return {Outcome::kNeedsAnswer};
}

void WaitForUser(RelayState& state, const Request& request, std::string_view username) {
  // Before anything is asked: one request of each client waits at a time.
  if (state.users.parked.Holds(request.from)) {
    ++state.counters.repeated;
    return;
  }
  const auto id = Ask(state, request, username);
  if (!id) return;
  if (state.users.parked.Park(*id, request.from, request.message.bytes(), request.wall) ==
      ParkedRequests::Result::kNoRoom) {
    ++state.counters.lookups_dropped;
  }
}

}  // namespace koeru::relay
