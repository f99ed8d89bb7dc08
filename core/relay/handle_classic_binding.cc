#include <algorithm>
#include <array>

#include "core/bytes/writer.h"
#include "core/relay/alternate_address.h"
#include "core/relay/handlers.h"
#include "core/relay/reply.h"
#include "core/relay/unknown_attributes.h"
#include "core/stun/attributes/change_request.h"
#include "core/stun/attributes/changed_address.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/mapped_address.h"
#include "core/stun/attributes/source_address.h"
#include "core/stun/attributes/unknown_attributes.h"

namespace koeru::relay {
namespace {

// RFC 3489 section 9: "Binding Requests [are] less than 548 bytes" to stay below any MTU.
constexpr size_t kMaxSize = 548;
constexpr size_t kCookieAt = 4;

// RFC 3489 section 8.1: "The server MUST check for any attributes in the request with values less
// than or equal to 0x7fff which it does not understand". That is each of them: RESPONSE-ADDRESS
// would send the answer to somebody who did not ask, CHANGE-REQUEST needs a second address, and
// USERNAME a server for shared secrets.
UnknownTypes FindNotObeyed(const stun::MessageView& message, bool has_other_address) {
  UnknownTypes types;
  for (const stun::RawAttribute& attribute : message.attributes()) {
    if (!stun::IsComprehensionRequired(attribute.type)) continue;
    if (attribute.type == stun::ChangeRequest::kType) {
      const auto change = message.Get<stun::ChangeRequest>();
      const bool changes =
          !change.ok() || !*change || (*change)->change_ip || (*change)->change_port;
      if (change.ok() && (has_other_address || !changes)) continue;
    }
    if (std::find(types.begin(), types.end(), attribute.type) != types.end()) continue;
    if (types.size() < kMaxUnknownAttributes) types.push_back(attribute.type);
  }
  // Section 11.2.9: "If the number of unknown attributes is an odd number, one of the attributes
  // MUST be repeated".
  if (types.size() % 2 != 0) types.push_back(types.back());
  return types;
}

}  // namespace

// RFC 3489 section 8.1. Header and attributes are those of RFC 8489, but for the cookie, which is
// part of the transaction ID there.
bool HandleClassicBinding(RelayState& state, const net::FiveTuple& from, Bytes datagram,
                          net::Instant now, Actions& actions) {
  if (datagram.size() < stun::kHeaderSize || datagram.size() > kMaxSize) return false;
  std::array<uint8_t, kMaxSize> copy;
  std::copy(datagram.begin(), datagram.end(), copy.begin());
  Writer(MutableBytes(copy).subspan(kCookieAt, 4)).U32(stun::kMagicCookie);
  const auto message = stun::MessageView::Parse(Bytes(copy).first(datagram.size()));
  const stun::MessageType request{stun::Method::kBinding, stun::Class::kRequest};
  if (!message.ok() || message->type() != request) return false;

  ReplyTo to{from,          stun::Method::kBinding, message->transaction_id(), Integrity::kNone, {},
             false, false, datagram.size()};
  to.cookie = Reader(datagram.subspan(kCookieAt)).U32();
  const auto place = from.transport == net::Transport::kUdp
                         ? AlternateAddress::Of(state.config, from.server)
                         : std::nullopt;
  const UnknownTypes not_obeyed = FindNotObeyed(*message, place.has_value());
  if (!not_obeyed.empty()) {
    CountRefusal(state, to, {}, {420, RefusalCause::kUnknownAttribute});
    Reply reply(state, to, stun::Class::kErrorResponse);
    reply.Add(stun::ErrorCode::Of(stun::error_code::kUnknownAttribute));
    reply.Add(stun::UnknownAttributes::Of(not_obeyed));
    reply.Send(now, actions);
    return true;
  }
  stun::ChangeRequest wanted;
  if (place) {
    wanted = message->Get<stun::ChangeRequest>()->value_or(stun::ChangeRequest{});
    to.five_tuple.server = place->Source(wanted);
    if (wanted.change_ip || wanted.change_port) to.request_size = 0;  // see handle_binding.cc
  }
  Reply reply(state, to, stun::Class::kSuccessResponse);
  reply.Add(stun::MappedAddress{from.client.endpoint});
  reply.Add(stun::SourceAddress{place ? place->Origin(wanted) : from.server.endpoint});
  // RFC 3489 section 8.1: "The server MUST add a CHANGED-ADDRESS attribute", which needs one.
  if (place) reply.Add(stun::ChangedAddress{place->Other()});
  ++state.counters.successes;
  reply.Send(now, actions);
  return true;
}

}  // namespace koeru::relay
