#pragma once

// Unknown comprehension-required attributes. Private to core/relay.

#include "absl/container/inlined_vector.h"
#include "core/net/five_tuple.h"
#include "core/relay/config.h"
#include "core/stun/message_view.h"

namespace koeru::relay {

// At most this many are named in a 420: RFC 8489 section 14.9 asks for a list, not for all.
inline constexpr size_t kMaxUnknownAttributes = 32;
using UnknownTypes = absl::InlinedVector<uint16_t, kMaxUnknownAttributes>;

// Those that a request carries and this relay does not understand. `server`: where it arrived.
UnknownTypes FindUnknownAttributes(const stun::MessageView& message,
                                   const net::ServerAddress& server, const RelayConfig& config);

// A comprehension-required type that the relay understands, or may meet and need not mind.
bool IsUnderstood(uint16_t type, const RelayConfig& config);

}  // namespace koeru::relay
