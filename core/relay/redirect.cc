#include <algorithm>

#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/alternate_domain.h"
#include "core/stun/attributes/alternate_server.h"
#include "core/stun/attributes/error_code.h"

namespace koeru::relay {
namespace {

// The next in turn of that family; null when there is none.
const net::Endpoint* NextAlternate(RelayState& state, const net::FiveTuple& from) {
  const auto& servers = state.config.alternate_servers[static_cast<size_t>(from.transport)];
  for (size_t i = 0; i < servers.size(); ++i) {
    const net::Endpoint& server = servers[state.next_alternate++ % servers.size()];
    // RFC 8489 section 14.15: "The IP address family MUST be identical to that of the source IP
    // address of the request."
    if (server.address.family() == from.client.endpoint.address.family()) return &server;
  }
  return nullptr;
}

bool StaysHere(const RelayConfig& config, const net::Endpoint& server) {
  const auto fits = [&](const net::Endpoint& listed) {
    return listed == server || (listed.address.IsUnspecified() && listed.port == server.port &&
                                listed.address.family() == server.address.family());
  };
  return std::any_of(config.not_redirected.begin(), config.not_redirected.end(), fits);
}

}  // namespace

bool Redirect(RelayState& state, const Request& request) {
  // Who has an allocation here is not sent away from it by a retransmission.
  if (state.allocations.Find(request.from) != nullptr) return false;
  if (StaysHere(state.config, request.from.server.endpoint)) return false;
  const net::Endpoint* const server = NextAlternate(state, request.from);
  if (server == nullptr) return false;
  Reply reply(state, ReplyTo::Of(request), stun::Class::kErrorResponse);
  reply.Add(stun::ErrorCode::Of(stun::error_code::kTryAlternate));
  reply.Add(stun::AlternateServer{*server});
  if (!state.config.alternate_domain.empty()) {
    reply.Add(stun::AlternateDomain{state.config.alternate_domain});
  }
  ++state.counters.redirected;
  reply.Send(request.now, request.actions);
  return true;
}

}  // namespace koeru::relay
