#include "core/stun/error_code.h"

#include <algorithm>

namespace koeru::stun {
namespace {

constexpr ErrorCodeRow kTable[] = {
    {error_code::kTryAlternate, "Try Alternate", "RFC 8489 §14.8"},
    {error_code::kBadRequest, "Bad Request", "RFC 8489 §14.8"},
    {error_code::kUnauthenticated, "Unauthenticated", "RFC 8489 §14.8"},
    {error_code::kForbidden, "Forbidden", "RFC 8656 §19"},
    {error_code::kMobilityForbidden, "Mobility Forbidden", "RFC 8016 §3.4"},
    {error_code::kUnknownAttribute, "Unknown Attribute", "RFC 8489 §14.8"},
    {error_code::kAllocationMismatch, "Allocation Mismatch", "RFC 8656 §19"},
    {error_code::kStaleNonce, "Stale Nonce", "RFC 8489 §14.8"},
    {error_code::kAddressFamilyNotSupported, "Address Family not Supported", "RFC 8656 §19"},
    {error_code::kWrongCredentials, "Wrong Credentials", "RFC 8656 §19"},
    {error_code::kUnsupportedTransportProtocol, "Unsupported Transport Protocol", "RFC 8656 §19"},
    {error_code::kPeerAddressFamilyMismatch, "Peer Address Family Mismatch", "RFC 8656 §19"},
    {error_code::kConnectionAlreadyExists, "Connection Already Exists", "RFC 6062 §6.3"},
    {error_code::kConnectionTimeoutOrFailure, "Connection Timeout or Failure", "RFC 6062 §6.3"},
    {error_code::kAllocationQuotaReached, "Allocation Quota Reached", "RFC 8656 §19"},
    {error_code::kRoleConflict, "Role Conflict", "RFC 8445 §16.2"},
    {error_code::kServerError, "Server Error", "RFC 8489 §14.8"},
    {error_code::kInsufficientCapacity, "Insufficient Capacity", "RFC 8656 §19"},
};

}  // namespace

std::span<const ErrorCodeRow> ErrorCodeTable() { return kTable; }

const ErrorCodeRow* FindErrorCode(uint16_t code) {
  const auto* row = std::lower_bound(
      std::begin(kTable), std::end(kTable), code,
      [](const ErrorCodeRow& entry, uint16_t wanted) { return entry.code < wanted; });
  return row != std::end(kTable) && row->code == code ? row : nullptr;
}

std::string_view DefaultReason(uint16_t code) {
  const ErrorCodeRow* row = FindErrorCode(code);
  return row != nullptr ? row->reason : std::string_view();
}

}  // namespace koeru::stun
