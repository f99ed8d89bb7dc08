#include "core/client/requests.h"

#include "core/turn/attributes.h"

namespace koeru::client {
namespace {

void Add(const BindingRequest&, stun::MessageBuilder&) {}

void Add(const AllocateRequest& request, stun::MessageBuilder& b) {
  // RFC 8656 section 7.1: REQUESTED-TRANSPORT is a must, the rest is the client's wish.
  b.Add(turn::RequestedTransport{});
  if (request.family) b.Add(turn::RequestedAddressFamily{stun::ToAddressFamily(*request.family)});
  if (request.lifetime_s) b.Add(turn::Lifetime{*request.lifetime_s});
  if (request.dont_fragment) b.Add(turn::DontFragment{});
  if (request.also_ipv6) b.Add(turn::AdditionalAddressFamily{});
}

void Add(const RefreshRequest& request, stun::MessageBuilder& b) {
  if (request.lifetime_s) b.Add(turn::Lifetime{*request.lifetime_s});
  if (request.family) b.Add(turn::RequestedAddressFamily{stun::ToAddressFamily(*request.family)});
}

void Add(const CreatePermissionRequest& request, stun::MessageBuilder& b) {
  b.Add(turn::XorPeerAddress{{request.peer, 0}});
}

void Add(const ChannelBindRequest& request, stun::MessageBuilder& b) {
  b.Add(turn::ChannelNumber{request.channel});
  b.Add(turn::XorPeerAddress{request.peer.endpoint});
}

}  // namespace

stun::Method MethodOf(const Request& request) {
  return std::visit([](const auto& r) { return r.kMethod; }, request);
}

void AddAttributes(const Request& request, stun::MessageBuilder& builder) {
  std::visit([&](const auto& r) { Add(r, builder); }, request);
}

Bytes EncodeSendIndication(MutableBytes buffer, const stun::TransactionId& id,
                           const net::PeerAddress& peer, Bytes payload, bool dont_fragment) {
  stun::MessageBuilder b(buffer, {stun::Method::kSend, stun::Class::kIndication}, id);
  b.Add(turn::XorPeerAddress{peer.endpoint});
  if (dont_fragment) b.Add(turn::DontFragment{});
  b.Add(turn::Data{payload});
  return b.Finish();
}

}  // namespace koeru::client
