#pragma once

// The requests a client of a STUN and TURN server makes, as values. Each knows its method and its
// own attributes; transaction ID and credentials are added by who sends it.

#include <optional>
#include <variant>

#include "core/net/five_tuple.h"
#include "core/stun/message_builder.h"

namespace koeru::client {

// RFC 8489 section 2: what is my address, seen from there?
struct BindingRequest {
  static constexpr stun::Method kMethod = stun::Method::kBinding;
};

// RFC 8656 section 7.1.
struct AllocateRequest {
  static constexpr stun::Method kMethod = stun::Method::kAllocate;
  std::optional<net::Family> family;   // REQUESTED-ADDRESS-FAMILY
  std::optional<uint32_t> lifetime_s;  // LIFETIME; the server's default without it
  bool dont_fragment = false;          // DONT-FRAGMENT
  bool also_ipv6 = false;              // ADDITIONAL-ADDRESS-FAMILY: an IPv4 and an IPv6 address
};

// RFC 8656 section 8.1. A lifetime of 0 deletes the allocation; with a family, that one of a dual
// allocation's two.
struct RefreshRequest {
  static constexpr stun::Method kMethod = stun::Method::kRefresh;
  std::optional<uint32_t> lifetime_s = {};
  std::optional<net::Family> family = {};
};

// RFC 8656 section 10.1. A permission is for an address, whatever the port.
struct CreatePermissionRequest {
  static constexpr stun::Method kMethod = stun::Method::kCreatePermission;
  net::Address peer;
};

// RFC 8656 section 12.1. Installs a permission as well.
struct ChannelBindRequest {
  static constexpr stun::Method kMethod = stun::Method::kChannelBind;
  uint16_t channel = 0;
  net::PeerAddress peer;
};

using Request = std::variant<BindingRequest, AllocateRequest, RefreshRequest,
                             CreatePermissionRequest, ChannelBindRequest>;

stun::Method MethodOf(const Request& request);
void AddAttributes(const Request& request, stun::MessageBuilder& builder);

// RFC 8656 section 11.1: data to a peer without a channel, with DONT-FRAGMENT when wished. Empty
// when the buffer is too small.
Bytes EncodeSendIndication(MutableBytes buffer, const stun::TransactionId& id,
                           const net::PeerAddress& peer, Bytes payload,
                           bool dont_fragment = false);

}  // namespace koeru::client
