#pragma once

// Where transaction IDs come from. RFC 8489 section 5: "it MUST be uniformly and randomly chosen
// from the interval 0 .. 2**96-1, and MUST be cryptographically random". Core has no randomness of
// its own: natively this is getrandom(2), in tests a counter.

#include "core/stun/transaction_id.h"

namespace koeru::stun {

class TransactionIds {
 public:
  virtual ~TransactionIds() = default;
  virtual TransactionId Next() = 0;
};

}  // namespace koeru::stun
