#pragma once

// BANDWIDTH: reserved by RFC 8656 section 18 (0x0010, "was BANDWIDTH"): drafts of TURN had it,
// no RFC gives it a layout, so the value is opaque.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct Bandwidth {
  static constexpr uint16_t kType = stun::attribute_type::kBandwidth;
  Bytes content;

  static Result<Bandwidth> Decode(Bytes value, const stun::TransactionId&) {
    return Bandwidth{value};
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.Put(content); }
};

}  // namespace koeru::turn
