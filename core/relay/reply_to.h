#pragma once

// To whom a reply goes. Private to core/relay.

#include "core/relay/allocation.h"
#include "core/relay/long_term_key.h"
#include "core/stun/message_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::relay {

struct Request;

// Where a reply goes and how it is signed; also made of a pending allocation, when the request is
// gone.
struct ReplyTo {
  net::FiveTuple five_tuple;
  stun::Method method = stun::Method::kAllocate;
  stun::TransactionId id{};
  Integrity integrity = Integrity::kNone;
  LongTermKey key;
  bool fingerprint = false;
  bool authenticated = false;
  size_t request_size = 0;
  uint32_t cookie = stun::kMagicCookie;  // else the first 32 bits of an RFC 3489 transaction ID

  static ReplyTo Of(const Request& request);
  static ReplyTo Of(const Allocation& allocation);  // to its Allocate request
};

}  // namespace koeru::relay
