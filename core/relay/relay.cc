#include "core/relay/relay.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/relay/authenticate.h"
#include "core/relay/handlers.h"
#include "core/relay/peer_connections.h"
#include "core/relay/relay_state.h"
#include "core/relay/reply.h"
#include "core/relay/unknown_attributes.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "core/stun/fingerprint.h"

namespace koeru::relay {
namespace {

struct MethodRow {
  stun::Method method;
  bool needs_authentication;
  void (*handle)(RelayState&, Request&);
};

constexpr MethodRow kMethods[] = {
    {stun::Method::kBinding, false, HandleBinding},
    {stun::Method::kAllocate, true, HandleAllocate},
    {stun::Method::kRefresh, true, HandleRefresh},
    {stun::Method::kCreatePermission, true, HandleCreatePermission},
    {stun::Method::kChannelBind, true, HandleChannelBind},
    {stun::Method::kConnect, true, HandleConnect},
    {stun::Method::kConnectionBind, true, HandleConnectionBind},
};

// Null: it is not served.
const MethodRow* FindMethod(const RelayConfig& config, stun::Method method) {
  const bool is_served = method == stun::Method::kBinding ? config.serve_stun : config.serve_turn;
  if (!is_served) return nullptr;
  for (const MethodRow& row : kMethods) {
    if (row.method == method) return &row;
  }
  return nullptr;
}

bool NeedsAuthentication(const RelayConfig& config, const MethodRow& row) {
  return row.needs_authentication || config.authenticate_binding;
}

// A Binding request of RFC 3489, which has no credentials of ours.
bool ServesClassicBinding(const RelayConfig& config) {
  return config.rfc3489_binding && config.serve_stun && !config.authenticate_binding;
}

// RFC 8489 section 6.3.1: "If the request contains one or more unknown comprehension-required
// attributes, the server replies with an error response with an error code of 420 (Unknown
// Attribute) and includes an UNKNOWN-ATTRIBUTES attribute".
bool RefuseUnknownAttributes(RelayState& state, const Request& request) {
  const UnknownTypes unknown =
      FindUnknownAttributes(request.message, request.from.server, state.config);
  if (unknown.empty()) return false;
  const ReplyTo to = ReplyTo::Of(request);
  CountRefusal(state, to, request.username, {420, RefusalCause::kUnknownAttribute});
  Reply reply(state, to, stun::Class::kErrorResponse);
  reply.Add(stun::ErrorCode::Of(stun::error_code::kUnknownAttribute));
  reply.Add(stun::UnknownAttributes::Of(unknown));
  reply.Send(request.now, request.actions);
  return true;
}

void Process(RelayState& state, const net::FiveTuple& from, Bytes datagram, net::Instant now,
             net::UnixTime wall, Actions& actions, Resumption resumption = Resumption::kNone) {
  if (resumption == Resumption::kNone) ++state.counters.messages;
  const auto message = stun::MessageView::Parse(datagram);
  if (!message.ok()) {
    if (ServesClassicBinding(state.config) &&
        HandleClassicBinding(state, from, datagram, now, actions)) {
      return;
    }
    ++state.counters.not_stun;
    return;
  }
  // RFC 8489 section 6.3: "the class is allowed for the particular method", else "the message is
  // silently discarded".
  const MethodRow* const row = FindMethod(state.config, message->method());
  if (message->message_class() != stun::Class::kRequest || row == nullptr) {
    ++state.counters.ignored;
    return;
  }
  const stun::FingerprintVerdict fingerprint = stun::CheckFingerprint(*message);
  if (fingerprint == stun::FingerprintVerdict::kInvalid) {
    ++state.counters.bad_fingerprint;
    return;
  }
  Request request{from, *message, now, wall, actions};
  request.wants_fingerprint = fingerprint == stun::FingerprintVerdict::kValid;
  request.resumption = resumption;
  if (row->method == stun::Method::kAllocate && Redirect(state, request)) return;
  if (row->method == stun::Method::kConnectionBind && PassOn(state, request)) return;
  if (row->method == stun::Method::kRefresh && PassOnMove(state, request)) return;
  // RFC 7635 section 7: "If a STUN server receives an ACCESS-TOKEN attribute unexpectedly ... it
  // will respond with an error code of 420": before its kid is taken for a user's name.
  if (message->Has(stun::attribute_type::kAccessToken) && !state.config.third_party) {
    RefuseUnknownAttributes(state, request);
    return;
  }
  // "the agent then does any checks that are required by an authentication mechanism ... Once the
  // authentication checks are done, the agent checks for unknown attributes".
  if (NeedsAuthentication(state.config, *row) && !Authenticate(state, request)) return;
  if (RefuseUnknownAttributes(state, request)) return;
  row->handle(state, request);
}

void Resume(RelayState& state, uint64_t lookup, Resumption how, net::Instant now,
            Actions& actions) {
  for (const ParkedRequests::Parked& request : state.users.parked.Take(lookup)) {
    Process(state, request.from, request.bytes, now, request.wall, actions, how);
  }
}

}  // namespace

Relay::Relay(std::shared_ptr<const RelayRules> rules, RandomSource& random, EventSink* events,
             WorkerPlace place)
    : random_(random),
      events_(events != nullptr ? events : rules->config.events),
      tables_(std::make_unique<RelayTables>(rules->config, random, place)) {
  SetRules(std::move(rules));
}

Relay::Relay(const RelayConfig& config, RandomSource& random)
    : Relay(std::make_shared<const RelayRules>(config, random), random) {}

Relay::~Relay() = default;

void Relay::SetRules(std::shared_ptr<const RelayRules> rules) {
  if (rules_ != nullptr && rules_->config.realm != rules->config.realm) tables_->users.Clear();
  state_ = std::make_unique<RelayState>(*rules, *tables_, random_, events_);
  rules_ = std::move(rules);  // the old ones may go now
  tables_->limiter.set_rate(rules_->config.amplification_bytes_per_second);
  assert(IsConsistent());
}

void Relay::OnMessage(const net::FiveTuple& from, Bytes datagram, net::Instant now,
                      net::UnixTime wall, Actions& actions) {
  Process(*state_, from, datagram, now, wall, actions);
  assert(IsConsistent());
}

void Relay::OnRelaySocketOpened(AllocationHandle handle, net::Instant now, Actions& actions) {
  Allocation* const allocation = state_->allocations.Find(handle);
  if (allocation == nullptr) {
    actions.Close(handle);
  } else if (allocation->state == Allocation::State::kPending) {
    FinishAllocate(*state_, *allocation, now, actions);
  }
  assert(IsConsistent());
}

void Relay::OnRelaySocketFailed(AllocationHandle handle, net::Instant now, Actions& actions) {
  Allocation* const allocation = state_->allocations.Find(handle);
  if (allocation != nullptr && allocation->state == Allocation::State::kPending) {
    RetryAllocate(*state_, *allocation, now, actions);
  }
  assert(IsConsistent());
}

void Relay::OnUserLookedUp(uint64_t id, LookUp result, const LongTermKey& key, net::Instant now,
                           Actions& actions) {
  // Of another realm, perhaps: nobody waits for it any more.
  const auto name = state_->users.End(id);
  if (!name) return;
  if (result == LookUp::kFound) state_->users.known.Learn(*name, key, now);
  if (result == LookUp::kAbsent) state_->users.known.LearnAbsent(*name, now);
  const bool failed = result == LookUp::kFailed;
  if (failed) ++state_->counters.lookups_failed;
  Resume(*state_, id, failed ? Resumption::kNotAnswered : Resumption::kAnswered, now, actions);
  assert(IsConsistent());
}

void Relay::OnClientGone(const net::FiveTuple& from, net::Instant now, Actions& actions) {
  state_->users.parked.Forget(from);
  Allocation* const allocation = state_->FindLive(from, now);
  // RFC 8016: a mobile client comes back from another address, or its lifetime runs out.
  if (allocation != nullptr && !allocation->mobile) {
    Allocation* const other = allocation->LiveOther(now);
    EndAllocation(*state_, *allocation, EndReason::kClientGone, actions);
    if (other != nullptr) EndAllocation(*state_, *other, EndReason::kClientGone, actions);
  }
  assert(IsConsistent());
}

bool Relay::HasAllocation(const net::FiveTuple& from, net::Instant now) const {
  return state_->FindLive(from, now) != nullptr;
}

bool Relay::HasClient(const net::FiveTuple& from) const {
  return state_->allocations.Find(from) != nullptr ||
         state_->allocations.FindMovingTo(from) != nullptr;
}

bool Relay::FindByRelayedAddress(const net::Endpoint& local, AllocationHandle& found) const {
  const Allocation* const allocation = state_->allocations.FindByLocal(local);
  if (allocation == nullptr || allocation->state != Allocation::State::kLive || allocation->tcp) {
    return false;
  }
  found = allocation->handle;
  return true;
}

net::Instant Relay::NextDeadline() const {
  return std::min({state_->timers.NextDeadline(), state_->users.NextDeadline(),
                   state_->connections.timers().NextDeadline()});
}

void Relay::OnTimeout(net::Instant now, Actions& actions) {
  while (const auto late = state_->users.TakeLate(now)) {
    Resume(*state_, *late, Resumption::kNotAnswered, now, actions);
  }
  EndLateConnections(*state_, kMaxEndsPerTimeout, now, actions);
  for (int i = 0; i < kMaxEndsPerTimeout; ++i) {
    TimerNode* const due = state_->timers.PopExpired(now);
    if (due == nullptr) break;
    EndAllocation(*state_, due->owner<Allocation>(), EndReason::kExpired, actions);
  }
  assert(IsConsistent());
}

uint32_t Relay::Survey(uint32_t first, uint32_t count, net::Instant now,
                       absl::FunctionRef<void(const AllocationStatus&)> visit) const {
  return state_->allocations.ForEachFrom(first, count, [&](const Allocation& allocation) {
    if (!allocation.IsLive(now)) return;
    const QuotaAccount account = allocation.quota_account();
    visit({.allocation = allocation.handle,
           .five_tuple = allocation.five_tuple,
           .relayed = allocation.relayed,
           .username = allocation.username(),
           .realm = account.realm,
           .left = allocation.end - now,
           .permissions = allocation.permissions.size(),
           .channels = allocation.channels.size()});
  });
}

bool Relay::End(AllocationHandle handle, Actions& actions) {
  Allocation* const allocation = state_->allocations.Find(handle);
  if (allocation == nullptr || allocation->state != Allocation::State::kLive) return false;
  Allocation* const other = allocation->other_family;
  EndAllocation(*state_, *allocation, EndReason::kEndedByOperator, actions);
  if (other != nullptr && other->state == Allocation::State::kLive) {
    EndAllocation(*state_, *other, EndReason::kEndedByOperator, actions);
  }
  assert(IsConsistent());
  return true;
}

uint64_t Relay::BandwidthOf(AllocationHandle handle) const {
  const Allocation* const allocation = state_->allocations.Find(handle);
  return allocation == nullptr ? 0 : state_->RealmOf(*allocation).config.max_bytes_per_second;
}

void Relay::EndAll(Actions& actions) {
  std::vector<AllocationHandle> live;
  state_->allocations.ForEach([&](const Allocation& allocation) {
    if (allocation.state == Allocation::State::kLive) live.push_back(allocation.handle);
  });
  for (const AllocationHandle& handle : live) {
    EndAllocation(*state_, *state_->allocations.Find(handle), EndReason::kServerStops, actions);
  }
  assert(IsConsistent());
}

size_t Relay::allocation_count() const { return state_->allocations.size(); }

const RelayCounters& Relay::counters() const { return state_->counters; }

bool Relay::IsConsistent() const {
  const RelayState& state = *state_;
  if (!state.allocations.IsConsistent() || !state.timers.IsConsistent()) return false;
  if (!state.users.IsConsistent() || !ConnectionsFitAllocations(state)) return false;
  size_t live = 0;
  bool good = true;
  state.allocations.ForEach([&](const Allocation& allocation) {
    const bool is_live = allocation.state == Allocation::State::kLive;
    if (is_live) ++live;
    good &= allocation.timer.scheduled() == is_live;
    good &= !is_live || allocation.timer.deadline() == allocation.end;
    good &= (allocation.owner == nullptr) == state.config.anonymous;
    good &= allocation.permissions.size() <= state.config.max_permissions_per_allocation;
    good &= allocation.channels.size() <= state.config.max_channels_per_allocation;
  });
  // A live allocation has a timer, and every timer is one's.
  return good && live == state.timers.size() && state.owners.size() <= state.allocations.size();
}

}  // namespace koeru::relay
