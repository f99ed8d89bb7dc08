#include "core/stun/attributes/password_algorithms.h"

namespace koeru::stun {

Result<PasswordAlgorithms> PasswordAlgorithms::Decode(Bytes value, const TransactionId&) {
  for (Reader r(value); r.remaining() > 0;) {
    const size_t at = r.offset();
    PasswordAlgorithm::Read(r);
    if (!r.ok()) return ParseError{"an entry of PASSWORD-ALGORITHMS is cut short", at};
  }
  PasswordAlgorithms attribute;
  attribute.wire_ = value;
  return attribute;
}

void PasswordAlgorithms::Encode(Writer& w, const TransactionId&) const {
  ForEach([&w](const PasswordAlgorithm& entry) { entry.Write(w); });
}

bool PasswordAlgorithms::Has(uint16_t algorithm) const {
  bool found = false;
  ForEach([&](const PasswordAlgorithm& entry) { found |= entry.algorithm == algorithm; });
  return found;
}

}  // namespace koeru::stun
