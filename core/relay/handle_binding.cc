#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/mapped_address.h"
#include "core/stun/attributes/xor_mapped_address.h"

namespace koeru::relay {

// RFC 8489 section 6.3.1.1: "a Binding response ... contains the XOR-MAPPED-ADDRESS". Binding needs
// no authentication: it tells a client nothing but its own address.
void HandleBinding(RelayState& state, Request& request) {
  Reply reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse);
  reply.Add(stun::XorMappedAddress{request.from.client.endpoint});
  if (state.config.mapped_address) reply.Add(stun::MappedAddress{request.from.client.endpoint});
  ++state.counters.successes;
  reply.Send(request.now, request.actions);
}

}  // namespace koeru::relay
