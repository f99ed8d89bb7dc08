#pragma once

// RFC 8445 section 6.1.1: the controlling agent nominates the pair that both will use. Who made the
// first offer controls, unless it is a lite agent and the other is not.

#include <cstdint>

namespace koeru::ice {

enum class Role : uint8_t { kControlling, kControlled };

constexpr Role Opposite(Role role) {
  return role == Role::kControlling ? Role::kControlled : Role::kControlling;
}

// RFC 8445 section 7.3.1.1: both agents believe to have the same role, and a check of the other one
// has come. Its tie-breaker decides who changes: kSwitch, this agent takes the other role;
// kRefuse, it answers 487 (Role Conflict).
enum class ConflictVerdict : uint8_t { kSwitch, kRefuse };

constexpr ConflictVerdict JudgeConflict(Role own_role, uint64_t own_tiebreaker,
                                        uint64_t their_tiebreaker) {
  const bool own_is_larger = own_tiebreaker >= their_tiebreaker;
  // The larger one controls.
  const bool stays = own_is_larger == (own_role == Role::kControlling);
  return stays ? ConflictVerdict::kRefuse : ConflictVerdict::kSwitch;
}

}  // namespace koeru::ice
