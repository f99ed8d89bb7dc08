#include <algorithm>

#include "core/relay/alternate_address.h"
#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/stun/attributes/mapped_address.h"
#include "core/stun/attributes/other_address.h"
#include "core/stun/attributes/padding.h"
#include "core/stun/attributes/response_origin.h"
#include "core/stun/attributes/response_port.h"
#include "core/stun/attributes/xor_mapped_address.h"

namespace koeru::relay {
namespace {

void RefuseWith(RelayState& state, const Request& request, std::string_view why) {
  Refuse(state, request, {400, RefusalCause::kMalformed, why, {}, why});
}

// RFC 5780 section 6.1: "Preparing the Response".
void AnswerDiscovery(RelayState& state, const Request& request, const AlternateAddress& place) {
  const auto change = request.message.Get<stun::ChangeRequest>();
  const auto port = request.message.Get<stun::ResponsePort>();
  const auto padding = request.message.Get<stun::Padding>();
  if (!change.ok() || !port.ok() || !padding.ok() || (*port && (*port)->port == 0)) {
    return RefuseWith(state, request, "CHANGE-REQUEST or RESPONSE-PORT is malformed");
  }
  const stun::ChangeRequest wanted = change->value_or(stun::ChangeRequest{});
  const bool goes_elsewhere = wanted.change_ip || wanted.change_port || *port;
  // Section 3: "Because STUN forbids a server from creating a new TCP or TCP/TLS connection to the
  // client, many tests apply only to UDP", and the keys of DTLS belong to one 5-tuple.
  if (request.from.transport != net::Transport::kUdp && (goes_elsewhere || *padding)) {
    return RefuseWith(state, request,
                      "CHANGE-REQUEST, RESPONSE-PORT and PADDING are for UDP without DTLS");
  }
  // "If the Request also contains the RESPONSE-PORT attribute the server MUST return an error
  // response of type 400."
  if (*port && *padding) {
    return RefuseWith(state, request, "RESPONSE-PORT and PADDING do not go together");
  }

  ReplyTo to = ReplyTo::Of(request);
  if (request.from.transport == net::Transport::kUdp) to.five_tuple.server = place.Source(wanted);
  if (*port) to.five_tuple.client.endpoint.port = (*port)->port;
  // What nobody sees who only watches the client's port counts as a whole: where the source is
  // forged, requests of any size must not send packets of ours to ports of the attacker's choice.
  if (goes_elsewhere) to.request_size = 0;

  // "The server SHOULD use a length of PADDING equal to the MTU on the outgoing interface"; section
  // 10: "servers should not allocate more memory than the size of the received datagram". So it is
  // never longer than the request's, and PADDING amplifies nothing.
  const size_t padding_size =
      *padding ? std::min(place.padding(), (*padding)->content.size()) : size_t{0};
  Reply reply(state, to, stun::Class::kSuccessResponse, padding_size);
  reply.Add(stun::XorMappedAddress{request.from.client.endpoint});
  // "The server MUST include both MAPPED-ADDRESS and XOR-MAPPED-ADDRESS in its Response."
  reply.Add(stun::MappedAddress{request.from.client.endpoint});
  reply.Add(stun::ResponseOrigin{place.Origin(wanted)});
  reply.Add(stun::OtherAddress{place.Other()});
  if (*padding) reply.AddZeros(stun::Padding::kType, padding_size);
  ++state.counters.successes;
  reply.Send(request.now, request.actions);
}

}  // namespace

// RFC 8489 section 6.3.1.1: "a Binding response ... contains the XOR-MAPPED-ADDRESS". Binding needs
// no authentication: it tells a client nothing but its own address.
void HandleBinding(RelayState& state, Request& request) {
  if (const auto place = AlternateAddress::Of(state.config, request.from.server)) {
    return AnswerDiscovery(state, request, *place);
  }
  Reply reply(state, ReplyTo::Of(request), stun::Class::kSuccessResponse);
  reply.Add(stun::XorMappedAddress{request.from.client.endpoint});
  if (state.config.mapped_address) reply.Add(stun::MappedAddress{request.from.client.endpoint});
  ++state.counters.successes;
  reply.Send(request.now, request.actions);
}

}  // namespace koeru::relay
