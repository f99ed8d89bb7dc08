#pragma once

// The codes of IANA's "STUN Error Codes" registry and their default reason phrases.
//
//   b.Add(ErrorCode::Of(error_code::kStaleNonce));   // 438 Stale Nonce

#include <cstdint>
#include <span>
#include <string_view>

namespace koeru::stun {

namespace error_code {
inline constexpr uint16_t kTryAlternate = 300;                  // RFC 8489
inline constexpr uint16_t kBadRequest = 400;                    // RFC 8489
inline constexpr uint16_t kUnauthenticated = 401;               // RFC 8489 ("Unauthorized" before)
inline constexpr uint16_t kForbidden = 403;                     // RFC 8656
inline constexpr uint16_t kMobilityForbidden = 405;             // RFC 8016
inline constexpr uint16_t kUnknownAttribute = 420;              // RFC 8489
inline constexpr uint16_t kAllocationMismatch = 437;            // RFC 8656
inline constexpr uint16_t kStaleNonce = 438;                    // RFC 8489
inline constexpr uint16_t kAddressFamilyNotSupported = 440;     // RFC 8656
inline constexpr uint16_t kWrongCredentials = 441;              // RFC 8656
inline constexpr uint16_t kUnsupportedTransportProtocol = 442;  // RFC 8656
inline constexpr uint16_t kPeerAddressFamilyMismatch = 443;     // RFC 8656
inline constexpr uint16_t kConnectionAlreadyExists = 446;       // RFC 6062
inline constexpr uint16_t kConnectionTimeoutOrFailure = 447;    // RFC 6062
inline constexpr uint16_t kAllocationQuotaReached = 486;        // RFC 8656
inline constexpr uint16_t kRoleConflict = 487;                  // RFC 8445
inline constexpr uint16_t kServerError = 500;                   // RFC 8489
inline constexpr uint16_t kInsufficientCapacity = 508;          // RFC 8656
}  // namespace error_code

struct ErrorCodeRow {
  uint16_t code;
  std::string_view reason;   // as IANA's registry has it
  std::string_view section;  // "RFC 8489 §14.8"
};

// All rows, by ascending code.
std::span<const ErrorCodeRow> ErrorCodeTable();
// The row of `code`, or nullptr.
const ErrorCodeRow* FindErrorCode(uint16_t code);
// The default reason phrase; empty for an unregistered code.
std::string_view DefaultReason(uint16_t code);

}  // namespace koeru::stun
