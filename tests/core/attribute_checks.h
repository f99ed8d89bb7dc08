#pragma once

// What every typed attribute must do, run over the values in tests/vectors/attribute_values.h.

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/stun/attribute.h"
#include "core/stun/attribute_registry.h"
#include "tests/vectors/attribute_values.h"

namespace koeru::testing_support {

inline stun::TransactionId SampleId() {
  stun::TransactionId id;
  std::ranges::copy(*FromHex(vectors::kTransactionId), id.begin());
  return id;
}

template <stun::Attribute A>
A MustDecode(Bytes value) {
  const Result<A> attribute = A::Decode(value, SampleId());
  EXPECT_TRUE(attribute.ok()) << ToHex(value);
  return attribute.ok() ? *attribute : A();
}

template <stun::Attribute A>
std::string EncodeToHex(const A& attribute) {
  std::vector<uint8_t> buffer(70000, 0xAA);
  Writer w(buffer);
  attribute.Encode(w, SampleId());
  return w.ok() ? ToHex(w.written()) : "refused";
}

// Vectors round-trip through the struct; truncated and longer values never read out of bounds,
// and what they decode to, if anything, survives a second round trip.
template <stun::Attribute A>
void CheckAttribute(const stun::AttributeRegistry& registry) {
  const stun::AttributeRow* row = registry.Find(A::kType);
  ASSERT_NE(row, nullptr) << A::kType;
  SCOPED_TRACE(row->name);
  size_t vectors_seen = 0;
  for (const vectors::AttributeValue& v : vectors::kAttributeValues) {
    if (v.name != row->name) continue;
    ++vectors_seen;
    std::vector<uint8_t> value = *FromHex(v.hex);
    EXPECT_EQ(EncodeToHex(MustDecode<A>(value)), ToHex(value));
    for (int i = 0; i < 4; ++i) value.push_back(0xFF);
    for (size_t size = 0; size <= value.size(); ++size) {
      // A heap copy of the exact size lets a sanitizer see the first byte too far.
      const std::vector<uint8_t> part(value.begin(),
                                      value.begin() + static_cast<std::ptrdiff_t>(size));
      const Result<A> attribute = A::Decode(part, SampleId());
      if (!attribute.ok()) {
        EXPECT_LE(attribute.error().offset, size);
        EXPECT_FALSE(attribute.error().reason.empty());
        continue;
      }
      const std::string once = EncodeToHex(*attribute);
      if (once == "refused") continue;
      const std::vector<uint8_t> again = *FromHex(once);
      EXPECT_EQ(EncodeToHex(MustDecode<A>(again)), once);
    }
  }
  EXPECT_GT(vectors_seen, 0u);
}

}  // namespace koeru::testing_support
