#pragma once

// TIMER-VAL: reserved by RFC 8656 section 18 (0x0021, "was TIMER-VAL"): drafts of TURN had it,
// no RFC gives it a layout, so the value is opaque.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct TimerVal {
  static constexpr uint16_t kType = stun::attribute_type::kTimerVal;
  Bytes content;

  static Result<TimerVal> Decode(Bytes value, const stun::TransactionId&) {
    return TimerVal{value};
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.Put(content); }
};

}  // namespace koeru::turn
