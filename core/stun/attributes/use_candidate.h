#pragma once

// USE-CANDIDATE: RFC 8445 section 16.1. The controlling agent nominates the pair; a flag without
// a value.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct UseCandidate {
  static constexpr uint16_t kType = attribute_type::kUseCandidate;

  static Result<UseCandidate> Decode(Bytes value, const TransactionId&) {
    if (!value.empty()) return ParseError{"USE-CANDIDATE has no value: its length is 0", 0};
    return UseCandidate{};
  }
  void Encode(Writer&, const TransactionId&) const {}
};

}  // namespace koeru::stun
