#pragma once

// What operators want to know. The relay calls an EventSink when an allocation is made or ends and
// when a request is refused; never for a data packet, and never for the 401 that every client's
// first request gets.
//
// Texts come from the network as they are: whoever logs them escapes them (format characters,
// quotes, control bytes). Views live for the call only.

#include <string_view>

#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/actions.h"
#include "core/stun/message_type.h"

namespace koeru::relay {

// What an allocation carried. Payloads never enter the state machine: the edge fills it in.
struct AllocationTraffic {
  uint64_t to_peer_packets = 0, to_peer_bytes = 0;
  uint64_t to_client_packets = 0, to_client_bytes = 0;
};

struct AllocationEvent {
  AllocationHandle allocation;
  net::FiveTuple five_tuple;
  net::Endpoint relayed;      // as the client knows it
  std::string_view username;  // untrusted text; empty when anonymous
  // Under which it counts in the QuotaLedger.
  std::string_view quota_name = {}, realm = {};
  // At the end, by the edge.
  net::Duration age{};
  AllocationTraffic traffic = {};
};

enum class EndReason : uint8_t {
  kExpired,
  kRefreshedToZero,  // the client gave it back
  kClientGone,       // its TCP or TLS connection is closed
  kEndedByOperator,
  kServerStops,
};
inline constexpr size_t kEndReasonCount = static_cast<size_t>(EndReason::kServerStops) + 1;
std::string_view ToText(EndReason reason);
// "refreshed-to-zero" and the like: for counters, one word that never changes.
std::string_view NameOf(EndReason reason);

enum class RefusalCause : uint8_t {
  kMalformed,
  kUnknownAttribute,
  kUnknownUser,
  kWrongPassword,
  kExpiredCredential,
  kStaleNonce,
  kForeignNonce,
  kBadPasswordAlgorithm,  // RFC 8489 section 9.2.4: perhaps somebody takes offers away
  kNoAllocation,
  kAllocationExists,
  kNotTheOwner,
  kUnsupportedTransport,
  kUnsupportedFamily,
  kPeerFamilyMismatch,
  kPeerDenied,
  kQuota,
  kNoPort,
  kBadReservation,
  kTooMany,  // a bound of RelayConfig
  kChannelTaken,
  kMobilityForbidden,
  kBadTicket,
  kDraining,        // the server is going down
  kNoUserDatabase,  // it does not answer, and the user is not known
  // RFC 6062.
  kConnectionExists,
  kConnectFailed,      // the peer does not take the connection
  kUnknownConnection,  // CONNECTION-ID names none that waits
  kNotForTcp,          // the request is about datagrams, or about TCP and the allocation is not
  // RFC 7635.
  kUnknownTokenKey,  // of a kid that no authorization server has here
  kBadToken,
  kExpiredToken,
  kUnknownRealm,   // REALM is none of ours
  kOriginChanged,  // ORIGIN is not the one that the allocation was made with
};
inline constexpr size_t kRefusalCauseCount = static_cast<size_t>(RefusalCause::kOriginChanged) + 1;
std::string_view ToText(RefusalCause cause);
std::string_view NameOf(RefusalCause cause);

struct Refusal {
  net::FiveTuple five_tuple;
  stun::Method method = stun::Method::kAllocate;
  int code = 0;  // of the error response
  RefusalCause cause = RefusalCause::kMalformed;
  std::string_view username;  // untrusted text; empty when unknown
  // Which rule of the peer policy denied, or what is wrong with the request: our own words.
  std::string_view detail;
  net::Endpoint peer;  // for kPeerDenied, kPeerFamilyMismatch and kChannelTaken
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void OnAllocationCreated(const AllocationEvent& event) = 0;
  virtual void OnAllocationEnded(const AllocationEvent& event, EndReason reason) = 0;
  virtual void OnRefused(const Refusal& refusal) = 0;
};

}  // namespace koeru::relay
