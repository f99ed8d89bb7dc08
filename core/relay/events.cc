#include "core/relay/events.h"

namespace koeru::relay {

std::string_view ToText(EndReason reason) {
  switch (reason) {
    case EndReason::kExpired:
      return "its lifetime ran out";
    case EndReason::kRefreshedToZero:
      return "the client gave it back";
    case EndReason::kClientGone:
      return "the client's connection is closed";
    case EndReason::kServerStops:
      return "the server stops";
  }
  return "unknown";
}

std::string_view ToText(RefusalCause cause) {
  switch (cause) {
    case RefusalCause::kMalformed:
      return "malformed request";
    case RefusalCause::kUnknownAttribute:
      return "unknown comprehension-required attribute";
    case RefusalCause::kUnknownUser:
      return "unknown user";
    case RefusalCause::kWrongPassword:
      return "wrong password";
    case RefusalCause::kExpiredCredential:
      return "time-limited credential has expired";
    case RefusalCause::kStaleNonce:
      return "nonce has expired";
    case RefusalCause::kForeignNonce:
      return "nonce is not of this server and client";
    case RefusalCause::kBadPasswordAlgorithm:
      return "password algorithm was not offered";
    case RefusalCause::kNoAllocation:
      return "no allocation on this 5-tuple";
    case RefusalCause::kAllocationExists:
      return "5-tuple already has an allocation";
    case RefusalCause::kNotTheOwner:
      return "allocation belongs to another user";
    case RefusalCause::kUnsupportedTransport:
      return "transport protocol to the peer is not supported";
    case RefusalCause::kUnsupportedFamily:
      return "no relay address of the requested family";
    case RefusalCause::kPeerFamilyMismatch:
      return "peer is of another address family than the relayed address";
    case RefusalCause::kPeerDenied:
      return "peer is denied";
    case RefusalCause::kQuota:
      return "quota reached";
    case RefusalCause::kNoPort:
      return "no relay port is free";
    case RefusalCause::kBadReservation:
      return "reservation token is not valid";
    case RefusalCause::kTooMany:
      return "a configured bound is reached";
    case RefusalCause::kChannelTaken:
      return "channel number or peer is already bound otherwise";
    case RefusalCause::kMobilityForbidden:
      return "allocations do not move here (mobility)";
    case RefusalCause::kBadTicket:
      return "mobility ticket is not valid";
    case RefusalCause::kDraining:
      return "the server is draining";
  }
  return "unknown";
}

std::string_view NameOf(EndReason reason) {
  switch (reason) {
    case EndReason::kExpired:
      return "expired";
    case EndReason::kRefreshedToZero:
      return "refreshed-to-zero";
    case EndReason::kClientGone:
      return "client-gone";
    case EndReason::kServerStops:
      return "server-stops";
  }
  return "unknown";
}

std::string_view NameOf(RefusalCause cause) {
  switch (cause) {
    case RefusalCause::kMalformed:
      return "malformed";
    case RefusalCause::kUnknownAttribute:
      return "unknown-attribute";
    case RefusalCause::kUnknownUser:
      return "unknown-user";
    case RefusalCause::kWrongPassword:
      return "wrong-password";
    case RefusalCause::kExpiredCredential:
      return "expired-credential";
    case RefusalCause::kStaleNonce:
      return "stale-nonce";
    case RefusalCause::kForeignNonce:
      return "foreign-nonce";
    case RefusalCause::kBadPasswordAlgorithm:
      return "bad-password-algorithm";
    case RefusalCause::kNoAllocation:
      return "no-allocation";
    case RefusalCause::kAllocationExists:
      return "allocation-exists";
    case RefusalCause::kNotTheOwner:
      return "not-the-owner";
    case RefusalCause::kUnsupportedTransport:
      return "unsupported-transport";
    case RefusalCause::kUnsupportedFamily:
      return "unsupported-family";
    case RefusalCause::kPeerFamilyMismatch:
      return "peer-family-mismatch";
    case RefusalCause::kPeerDenied:
      return "peer-denied";
    case RefusalCause::kQuota:
      return "quota";
    case RefusalCause::kNoPort:
      return "no-port";
    case RefusalCause::kBadReservation:
      return "bad-reservation";
    case RefusalCause::kTooMany:
      return "too-many";
    case RefusalCause::kChannelTaken:
      return "channel-taken";
    case RefusalCause::kMobilityForbidden:
      return "mobility-forbidden";
    case RefusalCause::kBadTicket:
      return "bad-ticket";
    case RefusalCause::kDraining:
      return "draining";
  }
  return "unknown";
}

}  // namespace koeru::relay
