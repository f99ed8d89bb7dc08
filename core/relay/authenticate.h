#pragma once

// The long-term credential mechanism on the server's side: RFC 8489 section 9.2.4. Private to
// core/relay.

#include "core/relay/request.h"

namespace koeru::relay {

// True when the request may be processed; the request then knows its user and key. Otherwise the
// error response is in the request's actions, or the request waits for the database of users
// (find_user.h).
bool Authenticate(RelayState& state, Request& request);

}  // namespace koeru::relay
