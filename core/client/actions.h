#pragma once

// What a client machine wants done, and what it has to tell: datagrams to send and events, in
// order.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "core/bytes/action_list.h"
#include "core/net/five_tuple.h"
#include "core/stun/message_type.h"

namespace koeru::client {

// Send these bytes (Actions::BytesOf) to the server.
struct SendToServer {
  size_t offset = 0;
  size_t size = 0;
};

// A Binding request was answered.
struct Bound {
  net::Endpoint mapped;
};
struct Allocated {
  net::Endpoint relayed;
  net::Endpoint mapped;
  uint32_t lifetime_s = 0;
  // Of a dual allocation: the second relayed address, or why there is none (ADDRESS-ERROR-CODE, 0
  // when nobody asked).
  std::optional<net::Endpoint> also_relayed = {};
  uint16_t other_family_error = 0;
};
// lifetime_s 0: the allocation is gone.
struct Refreshed {
  uint32_t lifetime_s = 0;
};
struct PermissionCreated {
  net::Address peer;
};
struct ChannelBound {
  uint16_t channel = 0;
  net::PeerAddress peer;
};

// A Data indication came; the payload is at this place of the datagram that was given.
struct DataReceived {
  net::PeerAddress peer;
  size_t offset = 0;
  size_t size = 0;
};

// RFC 8656 section 11.6: instead of data, a Data indication tells that an ICMP error came for what
// was sent to that peer.
struct IcmpReceived {
  net::PeerAddress peer;
  uint8_t type = 0;
  uint16_t code = 0;
  uint32_t data = 0;  // the MTU, of "fragmentation needed" and "packet too big"
};

// The server said no. The reason is a view into the datagram that was given.
struct Refused {
  stun::Method method = stun::Method::kBinding;
  uint16_t code = 0;
  std::string_view reason;
  std::optional<net::Endpoint> alternate_server;  // with 300 Try Alternate
  std::string_view alternate_domain = {};  // and the name in its certificate, when it is told
};

enum class Failure : uint8_t {
  kTimedOut,           // no answer at all
  kIntegrityViolated,  // answers, but none from someone who knows the password
  kMalformedAnswer,    // an answer that lacks what it must have
  kRequestTooLarge,    // not sent: a name is too long for STUN
};
struct Failed {
  stun::Method method = stun::Method::kBinding;
  Failure failure = Failure::kTimedOut;
};

using Action = std::variant<SendToServer, Bound, Allocated, Refreshed, PermissionCreated,
                            ChannelBound, DataReceived, IcmpReceived, Refused, Failed>;

class Actions : public ActionList<Action> {
 public:
  Bytes BytesOf(const SendToServer& send) const { return View(send.offset, send.size); }

  // For the state machine.
  void Send(Bytes message) { Push(SendToServer{Store(message), message.size()}); }
  template <typename Event>
  void Add(Event&& event) {
    Push(std::forward<Event>(event));
  }
};

}  // namespace koeru::client
