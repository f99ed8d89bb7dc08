#pragma once

// UNKNOWN-ATTRIBUTES: RFC 8489 section 14.13. In a 420 response: the types that the server did not
// understand, 16 bits each.
//
//   b.Add(UnknownAttributes::Of(types));       // a span of uint16_t
//   for (size_t i = 0; i < received.size(); ++i) Use(received[i]);

#include <span>

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

class UnknownAttributes {
 public:
  static constexpr uint16_t kType = attribute_type::kUnknownAttributes;

  // A view: `types` must live as long as this value.
  static UnknownAttributes Of(std::span<const uint16_t> types) {
    UnknownAttributes attribute;
    attribute.types_ = types;
    return attribute;
  }
  static Result<UnknownAttributes> Decode(Bytes value, const TransactionId&) {
    if (value.size() % 2 != 0) {
      return ParseError{"UNKNOWN-ATTRIBUTES holds types of 2 bytes each", value.size()};
    }
    UnknownAttributes attribute;
    attribute.wire_ = value;
    return attribute;
  }
  void Encode(Writer& w, const TransactionId&) const {
    for (size_t i = 0; i < size(); ++i) w.U16((*this)[i]);
  }

  size_t size() const { return types_.size() + wire_.size() / 2; }
  uint16_t operator[](size_t i) const {
    return types_.empty() ? Reader(wire_.subspan(2 * i)).U16() : types_[i];
  }

 private:
  // One of them is empty: what was decoded, or what is to be encoded.
  Bytes wire_;
  std::span<const uint16_t> types_;
};

}  // namespace koeru::stun
