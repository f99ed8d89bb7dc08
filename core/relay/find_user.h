#pragma once

// The key of a user who stands in a database (RelayConfig::user_lookup). Private to core/relay.

#include "core/relay/request.h"

namespace koeru::relay {

struct FoundUser {
  enum class Outcome : uint8_t {
    kKnown,
    kKnownStale,  // a mismatch may be a new password: then WaitForUser
    kAbsent,
    kNotAnswered,  // the database does not answer, and nothing is known
    kNeedsAnswer,  // WaitForUser
  };
  Outcome outcome = Outcome::kAbsent;
  LongTermKey key = {};
};

// Asks nobody, except to renew what is stale.
FoundUser FindUser(RelayState& state, const Request& request, std::string_view username);

// Asks the database and parks the request until its answer, or drops it when a bound is reached. No
// reply in either case.
void WaitForUser(RelayState& state, const Request& request, std::string_view username);

}  // namespace koeru::relay
