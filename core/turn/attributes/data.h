#pragma once

// DATA: RFC 8656 section 18.4. The payload of a Send or Data indication; may be empty.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::turn {

struct Data {
  static constexpr uint16_t kType = stun::attribute_type::kData;
  Bytes data;

  static Result<Data> Decode(Bytes value, const stun::TransactionId&) { return Data{value}; }
  void Encode(Writer& w, const stun::TransactionId&) const { w.Put(data); }
};

}  // namespace koeru::turn
