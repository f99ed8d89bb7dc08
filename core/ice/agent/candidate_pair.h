#pragma once

// A candidate pair and what is known of it: RFC 8445 section 6.1.2.
//
//                    +-----------+        RFC 8445 section 6.1.2.6
//                    |  Frozen   |
//                    +-----------+
//                          | unfrozen: same foundation as one that succeeded, or its turn
//                    +-----------+  check sent  +-------------+
//                    |  Waiting  | -----------> | In-Progress |
//                    +-----------+              +-------------+
//                                   answered      |         |  refused, or no answer
//                                      +-----------+       +--------+
//                                      | Succeeded |       | Failed |
//                                      +-----------+       +--------+

#include <string>

#include "core/ice/agent/path.h"
#include "core/ice/agent/role.h"
#include "core/ice/priority.h"

namespace koeru::ice {

enum class PairState : uint8_t { kFrozen, kWaiting, kInProgress, kSucceeded, kFailed };

struct CandidatePair {
  Path path;
  uint32_t local_priority = 0;
  uint32_t remote_priority = 0;
  // PRIORITY of checks: what the local candidate would have as a peer-reflexive one.
  uint32_t reflexive_priority = 0;
  std::string foundation;       // of both candidates
  bool peer_reflexive = false;  // learnt from a check that came, not from signalling
  bool nominated = false;       // by a USE-CANDIDATE that was sent or that came
  bool in_queue = false;        // of triggered checks

  uint32_t id = 0;  // given by the check list; never used again
  PairState state = PairState::kFrozen;

  uint64_t PriorityAs(Role role) const {
    return role == Role::kControlling ? PairPriority(local_priority, remote_priority)
                                      : PairPriority(remote_priority, local_priority);
  }
};

}  // namespace koeru::ice
