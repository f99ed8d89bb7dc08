#pragma once

// RESERVATION-TOKEN: RFC 8656 section 18.10. Names a port that EVEN-PORT reserved; 8 opaque
// bytes, hard to guess.

#include <algorithm>
#include <array>

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct ReservationToken {
  static constexpr uint16_t kType = stun::attribute_type::kReservationToken;
  std::array<uint8_t, 8> token{};

  static Result<ReservationToken> Decode(Bytes value, const stun::TransactionId&) {
    ReservationToken attribute;
    if (value.size() != attribute.token.size()) {
      return ParseError{"RESERVATION-TOKEN is 8 bytes long", 0};
    }
    std::copy(value.begin(), value.end(), attribute.token.begin());
    return attribute;
  }
  void Encode(Writer& w, const stun::TransactionId&) const { w.Put(token); }
};

}  // namespace koeru::turn
