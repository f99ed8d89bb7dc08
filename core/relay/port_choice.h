#pragma once

// Which port a new allocation gets: at random from the configured range, with randomness that
// nobody outside can predict (RFC 8656 section 7.2 and 21.2.4: "the server SHOULD allocate ports
// randomly"; CVE-2025-69217). Private to core/relay.

#include <optional>

#include "core/relay/relay_state.h"

namespace koeru::relay {

enum class PortKind : uint8_t {
  kAny,
  kEven,              // EVEN-PORT
  kEvenWithNextFree,  // EVEN-PORT with the R bit
};

// A port on which, as far as this server knows, nothing is bound and nothing is reserved; null when
// none was found. The search is bounded: when almost the whole range is in use it may miss a free
// port, and the client gets 508.
std::optional<uint16_t> ChoosePort(RelayState& state, const RelayAddress& address, PortKind kind,
                                   net::Instant now);

}  // namespace koeru::relay
