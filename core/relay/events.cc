#include "core/relay/events.h"

#include <array>

namespace koeru::relay {
namespace {

// One row for each value, in the order of its enumeration.
template <typename Key>
struct Row {
  Key key;
  std::string_view name;  // for counters
  std::string_view text;  // for people
};

constexpr auto kEndReasons = std::to_array<Row<EndReason>>({
    {EndReason::kExpired, "expired", "its lifetime ran out"},
    {EndReason::kRefreshedToZero, "refreshed-to-zero", "the client gave it back"},
    {EndReason::kClientGone, "client-gone", "the client's connection is closed"},
    {EndReason::kEndedByOperator, "ended-by-operator", "the operator ended it"},
    {EndReason::kServerStops, "server-stops", "the server stops"},
});

constexpr auto kRefusalCauses = std::to_array<Row<RefusalCause>>({
    {RefusalCause::kMalformed, "malformed", "malformed request"},
    {RefusalCause::kUnknownAttribute, "unknown-attribute",
     "unknown comprehension-required attribute"},
    {RefusalCause::kUnknownUser, "unknown-user", "unknown user"},
    {RefusalCause::kWrongPassword, "wrong-password", "wrong password"},
    {RefusalCause::kExpiredCredential, "expired-credential", "time-limited credential has expired"},
    {RefusalCause::kStaleNonce, "stale-nonce", "nonce has expired"},
    {RefusalCause::kForeignNonce, "foreign-nonce", "nonce is not of this server and client"},
    {RefusalCause::kBadPasswordAlgorithm, "bad-password-algorithm",
     "password algorithm was not offered"},
    {RefusalCause::kNoAllocation, "no-allocation", "no allocation on this 5-tuple"},
    {RefusalCause::kAllocationExists, "allocation-exists", "5-tuple already has an allocation"},
    {RefusalCause::kNotTheOwner, "not-the-owner", "allocation belongs to another user"},
    {RefusalCause::kUnsupportedTransport, "unsupported-transport",
     "transport protocol to the peer is not supported"},
    {RefusalCause::kUnsupportedFamily, "unsupported-family",
     "no relay address of the requested family"},
    {RefusalCause::kPeerFamilyMismatch, "peer-family-mismatch",
     "peer is of another address family than the relayed address"},
    {RefusalCause::kPeerDenied, "peer-denied", "peer is denied"},
    {RefusalCause::kQuota, "quota", "quota reached"},
    {RefusalCause::kNoPort, "no-port", "no relay port is free"},
    {RefusalCause::kBadReservation, "bad-reservation", "reservation token is not valid"},
    {RefusalCause::kTooMany, "too-many", "a configured bound is reached"},
    {RefusalCause::kChannelTaken, "channel-taken",
     "channel number or peer is already bound otherwise"},
    {RefusalCause::kMobilityForbidden, "mobility-forbidden",
     "allocations do not move here (mobility)"},
    {RefusalCause::kBadTicket, "bad-ticket", "mobility ticket is not valid"},
    {RefusalCause::kDraining, "draining", "the server is draining"},
    {RefusalCause::kNoUserDatabase, "no-user-database", "the database of users does not answer"},
    {RefusalCause::kConnectionExists, "connection-exists",
     "allocation already has a connection to this peer"},
    {RefusalCause::kConnectFailed, "connect-failed", "peer does not take the connection"},
    {RefusalCause::kUnknownConnection, "unknown-connection",
     "no connection to a peer waits under this id"},
    {RefusalCause::kNotForTcp, "not-for-tcp",
     "the request does not fit what the allocation relays, TCP or UDP"},
    {RefusalCause::kUnknownTokenKey, "unknown-token-key",
     "no key for access tokens has the name (kid) that the client sent"},
    {RefusalCause::kBadToken, "bad-token", "access token is not valid"},
    {RefusalCause::kExpiredToken, "expired-token", "access token has expired, or clocks differ"},
    {RefusalCause::kUnknownRealm, "unknown-realm", "REALM is not a realm of this server"},
    {RefusalCause::kOriginChanged, "origin-changed",
     "ORIGIN is not the one that the allocation was made with (check-origin-consistency)"},
});

template <typename Rows>
constexpr bool IsInOrder(const Rows& rows) {
  for (size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<size_t>(rows[i].key) != i) return false;
  }
  return true;
}
static_assert(kEndReasons.size() == kEndReasonCount && IsInOrder(kEndReasons));
static_assert(kRefusalCauses.size() == kRefusalCauseCount && IsInOrder(kRefusalCauses));

}  // namespace

std::string_view ToText(EndReason reason) { return kEndReasons[static_cast<size_t>(reason)].text; }
std::string_view NameOf(EndReason reason) { return kEndReasons[static_cast<size_t>(reason)].name; }

std::string_view ToText(RefusalCause cause) {
  return kRefusalCauses[static_cast<size_t>(cause)].text;
}
std::string_view NameOf(RefusalCause cause) {
  return kRefusalCauses[static_cast<size_t>(cause)].name;
}

}  // namespace koeru::relay
