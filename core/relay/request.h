#pragma once

// One request on its way through the relay. Private to core/relay.

#include <string>

#include "core/net/time.h"
#include "core/relay/actions.h"
#include "core/relay/relay_state.h"
#include "core/stun/message_view.h"

namespace koeru::relay {

// A request that waited for the database of users comes a second time.
enum class Resumption : uint8_t {
  kNone,
  kAnswered,  // what it said is in UserLookups::known
  kNotAnswered,
};

struct Request {
  const net::FiveTuple& from;
  const stun::MessageView& message;
  net::Instant now;
  net::UnixTime wall;
  Actions& actions;

  // The realm that it is challenged in, and whose name and nonces it must come with.
  const RealmRules* realm = nullptr;

  // Filled by Authenticate(). The views live as long as the message and the configuration.
  std::string_view username = {};
  LongTermKey key = {};
  std::string quota_name = {};       // under which its user's allocations are counted
  const RealmRules* home = nullptr;  // where: `realm`, unless an access token says otherwise
  net::Instant authorized_until = net::Instant::Max();  // RFC 7635: the end of its access token
  Integrity integrity = Integrity::kNone;               // of the reply
  bool authenticated = false;                           // the source is proven by its nonce

  bool wants_fingerprint = false;
  Resumption resumption = Resumption::kNone;
};

// Why a request is refused: the error code for the client and the cause for the operator.
struct RefusalReason {
  uint16_t code;
  RefusalCause cause;
  std::string_view detail = {};
  net::Endpoint peer = {};
  std::string_view phrase = {};  // for the client; empty: the code's own
};

}  // namespace koeru::relay
