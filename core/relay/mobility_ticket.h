#pragma once

// MOBILITY-TICKET: RFC 8016 section 3.3: what a client shows from its new address to go on with its
// allocation. Opaque to it, and all that the server needs to know is sealed inside, so that tickets
// cost no memory.
//
//   salt, 8 bytes | which allocation of which worker, and its which ticket: 22 bytes, encrypted |
//   MAC, 16 bytes
//
// The salt is a MAC of the content: the same content gives the same ticket, so that a retransmitted
// request gets the same answer. The keystream and the MAC are HMAC-SHA256 under a key made of the
// server's own (RelayConfig::nonce_key): every worker opens them, and knows whose they are; those
// from before a restart do not open.

#include <array>
#include <optional>

#include "core/relay/actions.h"
#include "core/relay/config.h"

namespace koeru::relay {

struct TicketClaim {
  AllocationHandle allocation;
  AllocationHandle other_family;  // of a dual allocation; else {0, 0}, which is never in use
  uint16_t serial = 0;            // each move takes a new ticket
  uint32_t worker = 0;            // who has it

  friend bool operator==(const TicketClaim&, const TicketClaim&) = default;
};

inline constexpr size_t kTicketSize = 8 + 22 + 16;
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
