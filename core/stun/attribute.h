#pragma once

// What every typed STUN attribute looks like. One struct, one file, one section of an RFC:
//
//   struct Lifetime {
//     static constexpr uint16_t kType = attribute_type::kLifetime;
//     uint32_t seconds = 0;
//
//     static Result<Lifetime> Decode(Bytes value, const TransactionId& id);
//     void Encode(Writer& w, const TransactionId& id) const;
//   };
//
// Decode() gets the value without padding and reports offsets from the value's start; views in the
// result live as long as the bytes given. Encode() writes the value only: MessageBuilder adds
// type, length and padding. The transaction ID matters to XOR-ed addresses alone.

#include <concepts>

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

template <typename A>
concept Attribute = requires(const A attribute, Writer& w, Bytes value, const TransactionId& id) {
  { A::kType } -> std::convertible_to<uint16_t>;
  { A::Decode(value, id) } -> std::same_as<Result<A>>;
  { attribute.Encode(w, id) } -> std::same_as<void>;
};

}  // namespace koeru::stun
