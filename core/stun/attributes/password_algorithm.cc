#include "core/stun/attributes/password_algorithm.h"

#include <algorithm>

namespace koeru::stun {
namespace {

constexpr size_t PaddingOf(size_t size) { return (4 - size % 4) % 4; }

}  // namespace

PasswordAlgorithm PasswordAlgorithm::Read(Reader& r) {
  PasswordAlgorithm entry;
  entry.algorithm = r.U16();
  entry.parameters = r.Take(r.U16());
  // The last entry's padding may be left to the attribute's own padding.
  r.Skip(std::min(PaddingOf(entry.parameters.size()), r.remaining()));
  return entry;
}

void PasswordAlgorithm::Write(Writer& w) const {
  if (parameters.size() > 0xFFFF) w.Fail();
  w.U16(algorithm);
  w.U16(static_cast<uint16_t>(parameters.size()));
  w.Put(parameters);
  w.Zeros(PaddingOf(parameters.size()));
}

Result<PasswordAlgorithm> PasswordAlgorithm::Decode(Bytes value, const TransactionId&) {
  Reader r(value);
  const PasswordAlgorithm entry = Read(r);
  if (!r.ok()) return ParseError{"PASSWORD-ALGORITHM is cut short", r.offset()};
  if (!r.AtEnd())
    return ParseError{"bytes follow the parameters of PASSWORD-ALGORITHM", r.offset()};
  return entry;
}

void PasswordAlgorithm::Encode(Writer& w, const TransactionId&) const { Write(w); }

}  // namespace koeru::stun
