#pragma once

// What a relay counts about its control plane. Plain numbers of one worker; the edge sums them up.
// Data packets are counted by the edge, which knows their sizes and Drop causes.

#include <array>
#include <cstdint>

#include "core/relay/events.h"

namespace koeru::relay {

struct RelayCounters {
  uint64_t messages = 0;           // given to OnMessage
  uint64_t not_stun = 0;           // dropped: no well-formed STUN message
  uint64_t bad_fingerprint = 0;    // dropped: RFC 8489 section 7.3
  uint64_t ignored = 0;            // dropped: no request, or a method that we do not serve
  uint64_t repeated = 0;           // dropped: a retransmission while its first copy is pending
  uint64_t lookups = 0;            // questions to the database of users
  uint64_t lookups_failed = 0;     // and those that it did not answer
  uint64_t lookups_dropped = 0;    // requests dropped because too many questions were open
  uint64_t challenges = 0;         // requests without credentials, answered with 401
  uint64_t successes = 0;          // success responses
  uint64_t held_back = 0;          // answers that the amplification limiter kept
  uint64_t icmp_indications = 0;   // ICMP errors that clients were told of
  uint64_t icmp_dropped = 0;       // and those they were not: no permission, another type, too many
  uint64_t redirected = 0;         // requests answered with 300 Try Alternate
  uint64_t moves = 0;              // of allocations to another 5-tuple (RFC 8016)
  // TCP connections to peers (RFC 6062).
  uint64_t peers_connected = 0;  // by Connect
  uint64_t peers_accepted = 0;   // and in the other direction
  uint64_t peers_refused = 0;    // closed at once: no permission, or too many
  uint64_t peers_unbound = 0;    // closed because no ConnectionBind came in time
  uint64_t allocations_created = 0;
  std::array<uint64_t, kEndReasonCount> allocations_ended{};  // by EndReason
  std::array<uint64_t, kRefusalCauseCount> refusals{};        // error responses by RefusalCause

  uint64_t Ended(EndReason reason) const {
    return allocations_ended[static_cast<size_t>(reason)];
  }
  uint64_t Refused(RefusalCause cause) const { return refusals[static_cast<size_t>(cause)]; }
};

}  // namespace koeru::relay
