#pragma once

// DONT-FRAGMENT: RFC 8656 section 18.9. The server shall set the DF bit when it sends to the
// peer; a flag without a value.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct DontFragment {
  static constexpr uint16_t kType = stun::attribute_type::kDontFragment;

  static Result<DontFragment> Decode(Bytes value, const stun::TransactionId&) {
    if (!value.empty()) return ParseError{"DONT-FRAGMENT has no value: its length is 0", 0};
    return DontFragment{};
  }
  void Encode(Writer&, const stun::TransactionId&) const {}
};

}  // namespace koeru::turn
