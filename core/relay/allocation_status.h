#pragma once

// What a person who watches the relay is told of one live allocation. The traffic is not among it:
// payloads never enter the state machine.

#include <cstddef>
#include <string_view>

#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/actions.h"

namespace koeru::relay {

struct AllocationStatus {
  AllocationHandle allocation;
  net::FiveTuple five_tuple;
  net::Endpoint relayed;      // as the client knows it
  std::string_view username;  // untrusted text; empty when anonymous
  std::string_view realm;
  net::Duration left{};    // of its lifetime
  size_t permissions = 0;  // expired ones that nobody has looked for since among them
  size_t channels = 0;     // the same
};

}  // namespace koeru::relay
