#pragma once

// Third-party authorization: RFC 7635. An authorization server gives a client a token that only
// this server can read, and the session key that is in it; the client signs its requests with that
// key and needs no name and no password here. Private to core/relay.

#include <optional>

#include "core/relay/claim.h"

namespace koeru::relay {

// Whether its token is what authenticates the request. Section 9: "The TURN client MUST include the
// ACCESS-TOKEN attribute only in Allocate and Refresh requests": others are signed with the session
// key of their allocation, which is checked like any owner's.
bool GoesByToken(const RelayState& state, const Request& request);

// Section 7. Fills the request's key, quota name and authorized_until.
std::optional<RefusalReason> CheckToken(const RelayState& state, Request& request,
                                        const Claim& claim);

}  // namespace koeru::relay
