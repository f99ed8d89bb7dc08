#pragma once

// MOBILITY-TICKET: RFC 8016 section 3.3: what a client shows from its new address to go on with its
// allocation. Opaque to it, and all that the server needs to know is sealed inside, so that tickets
// cost no memory.
//
//   tag, 8 bytes | which allocation of which worker, and its which ticket: 16 bytes, encrypted
//
// in base64, because coturn's client takes a ticket for a string of 32 characters at most. The tag
// is a MAC of the content and the start of its keystream (as in RFC 5297): the same content gives
// the same ticket, so that a retransmitted request gets the same answer. A forged ticket opens once
// in 2^64 tries, and who sends it must still be the allocation's user. The keys are made of the
// server's own (RelayConfig::nonce_key): every worker opens tickets, and knows whose they are;
// those from before a restart do not open.

#include <array>
#include <optional>

#include "core/relay/actions.h"
#include "core/relay/config.h"

namespace koeru::relay {

// Of slots and generations the lower 24 bits are kept, of the worker 16.
struct TicketClaim {
  AllocationHandle allocation;
  AllocationHandle other_family;  // of a dual allocation; else {0, 0}, which is never in use
  uint16_t serial = 0;            // each move takes a new ticket
  uint32_t worker = 0;            // who has it

  friend bool operator==(const TicketClaim&, const TicketClaim&) = default;
};

inline constexpr size_t kTicketSize = (8 + 16) / 3 * 4;
using Ticket = std::array<uint8_t, kTicketSize>;

class TicketSeal {
 public:
  explicit TicketSeal(const RelayConfig& config);

  Ticket Seal(const TicketClaim& claim) const;
  // Null for what no worker of this server has sealed. The MAC is compared in constant time.
  std::optional<TicketClaim> Open(Bytes ticket) const;

 private:
  std::array<uint8_t, 32> key_;
};

}  // namespace koeru::relay
