#pragma once

// A connectivity check on the wire: RFC 8445 section 7, a Binding request with short-term
// credentials (RFC 8489 section 9.1).
//
//   USERNAME            "their ufrag:our ufrag"
//   PRIORITY            what a peer-reflexive candidate found by this check shall have
//   ICE-CONTROLLING or ICE-CONTROLLED, with the tie-breaker
//   USE-CANDIDATE       from the controlling agent, to nominate
//   MESSAGE-INTEGRITY   keyed with the password of whom it is sent to; FINGERPRINT
//
//   Bytes check = EncodeCheck(buffer, id, {.priority = ..., .role = ..., ...}, local, remote);
//   CheckVerdict verdict = JudgeCheck(*message, local);
//   if (verdict.error != 0) send EncodeCheckError(...), unless it is not for us (kDrop)

#include "core/ice/agent/credentials.h"
#include "core/ice/agent/role.h"
#include "core/net/address.h"
#include "core/stun/message_view.h"

namespace koeru::ice {

struct Check {
  uint32_t priority = 0;
  Role role = Role::kControlling;
  uint64_t tiebreaker = 0;
  bool use_candidate = false;
};

// The request. Empty when the buffer is too small (1024 bytes hold any).
Bytes EncodeCheck(MutableBytes buffer, const stun::TransactionId& id, const Check& check,
                  const Credentials& local, const Credentials& remote);

struct CheckVerdict {
  enum class Kind : uint8_t {
    kCheck,   // a check by someone who knows our password
    kRefuse,  // an answer with `error`
    kDrop,    // not a check for these credentials, or no FINGERPRINT that is right
  };
  Kind kind = Kind::kDrop;
  uint16_t error = 0;
  std::string_view remote_ufrag = {};  // a view into the message
  Check check = {};
};

// Whether a Binding request is a check for who has these credentials: RFC 8489 section 9.1.3,
// RFC 8445 section 7.3.
CheckVerdict JudgeCheck(const stun::MessageView& message, const Credentials& local);

// The ufrag that a Binding request is for: what stands in front of the colon of USERNAME. Empty
// when it is no connectivity check. Tells checks from what a STUN server answers; proves nothing.
std::string_view UfragOfCheck(const stun::MessageView& message);

// The answers: RFC 8445 section 7.3.1.2. An answer's key is that of the request.
Bytes EncodeCheckSuccess(MutableBytes buffer, const stun::MessageView& request,
                         const net::Endpoint& source, const Credentials& local);
Bytes EncodeCheckError(MutableBytes buffer, const stun::MessageView& request, uint16_t code,
                       const Credentials& local);

}  // namespace koeru::ice
