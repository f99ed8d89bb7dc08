#pragma once

// MOBILITY-TICKET: RFC 8016 section 3.3: what a client shows from its new address to go on with its
// allocation. Opaque to it, and all that the server needs to know is sealed inside, so that tickets
// cost no memory.
//
//   salt, 8 bytes | which allocation, and its which ticket: 18 bytes, encrypted | MAC, 16 bytes
//
// The salt is a MAC of the content: the same content gives the same ticket, so that a retransmitted
// request gets the same answer. The keystream and the MAC are HMAC-SHA256 under a key of this
// relay's own: another worker's tickets, and those from before a restart, do not open.

#include <array>
#include <optional>

#include "core/relay/actions.h"
#include "core/relay/config.h"

namespace koeru::relay {

struct TicketClaim {
  AllocationHandle allocation;
  AllocationHandle other_family;  // of a dual allocation; else {0, 0}, which is never in use
  uint16_t serial = 0;            // each move takes a new ticket

  friend bool operator==(const TicketClaim&, const TicketClaim&) = default;
};

inline constexpr size_t kTicketSize = 8 + 18 + 16;
using Ticket = std::array<uint8_t, kTicketSize>;

class TicketSeal {
 public:
  TicketSeal(const RelayConfig& config, RandomSource& random);

  Ticket Seal(const TicketClaim& claim) const;
  // Null for what this relay has not sealed. The MAC is compared in constant time.
  std::optional<TicketClaim> Open(Bytes ticket) const;

 private:
  std::array<uint8_t, 32> key_;
};

}  // namespace koeru::relay
