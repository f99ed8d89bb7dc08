#pragma once

// Priorities of candidates and of candidate pairs.
//
//   RFC 8445 section 5.1.2.1:
//   priority = 2^24 * type preference + 2^8 * local preference + (256 - component)
//
//   ComputePriority({126, 65535, 1});   // 2130706431, the host candidate of every example
//   SplitPriority(2130706431);          // {126, 65535, 1}: what the sender had in mind

#include <algorithm>
#include <cstdint>

#include "core/ice/candidate.h"

namespace koeru::ice {

struct PriorityParts {
  uint8_t type_preference = 0;    // 0 to 126
  uint16_t local_preference = 0;  // 0 to 65535
  uint16_t component = 1;         // 1 to 256

  friend bool operator==(const PriorityParts&, const PriorityParts&) = default;
};

constexpr uint32_t ComputePriority(const PriorityParts& parts) {
  return (uint32_t{parts.type_preference} << 24) + (uint32_t{parts.local_preference} << 8) +
         (256u - parts.component);
}

// The inverse. A sender that does not follow the formula yields parts that mean nothing.
constexpr PriorityParts SplitPriority(uint32_t priority) {
  return {static_cast<uint8_t>(priority >> 24), static_cast<uint16_t>(priority >> 8),
          static_cast<uint16_t>(256u - (priority & 0xFF))};
}

// RFC 8445 section 5.1.2.2: "126 for host candidates, 110 for peer-reflexive candidates, 100 for
// server-reflexive candidates, and 0 for relayed candidates".
constexpr uint8_t RecommendedTypePreference(CandidateType type) {
  switch (type) {
    case CandidateType::kHost:
      return 126;
    case CandidateType::kPeerReflexive:
      return 110;
    case CandidateType::kServerReflexive:
      return 100;
    case CandidateType::kRelayed:
    case CandidateType::kUnknown:
      return 0;
  }
  return 0;
}

// RFC 6544 section 4.2: "direction-pref ... MUST be between 0 and 7": host and relayed candidates
// 6 (active), 4 (passive), 2 (simultaneous-open); reflexive ones 6 (simultaneous-open), 4
// (active), 2 (passive).
constexpr uint8_t RecommendedDirectionPreference(CandidateType type, TcpType tcp_type) {
  const bool reflexive =
      type == CandidateType::kServerReflexive || type == CandidateType::kPeerReflexive;
  switch (tcp_type) {
    case TcpType::kActive:
      return reflexive ? 4 : 6;
    case TcpType::kPassive:
      return reflexive ? 2 : 4;
    case TcpType::kSimultaneousOpen:
      return reflexive ? 6 : 2;
  }
  return 0;
}

// RFC 6544 section 4.2: local preference = 2^13 * direction-pref + other-pref.
constexpr uint16_t TcpLocalPreference(uint8_t direction_preference, uint16_t other_preference) {
  return static_cast<uint16_t>(((direction_preference & 7u) << 13) | (other_preference & 0x1FFFu));
}

// RFC 8445 section 6.1.2.3, with G the controlling agent's priority and D the controlled one's:
// pair priority = 2^32 * MIN(G,D) + 2 * MAX(G,D) + (G > D ? 1 : 0)
constexpr uint64_t PairPriority(uint32_t controlling, uint32_t controlled) {
  return (uint64_t{std::min(controlling, controlled)} << 32) +
         2 * uint64_t{std::max(controlling, controlled)} + (controlling > controlled ? 1 : 0);
}

}  // namespace koeru::ice
