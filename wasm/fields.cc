#include "wasm/fields.h"

#include "core/bytes/hex.h"

namespace koeru::wasm {

Result<std::vector<std::string_view>> ReadFields(Bytes input) {
  std::vector<std::string_view> fields;
  Reader r(input);
  while (r.remaining() > 0) {
    const uint32_t size = r.U32();
    fields.push_back(AsText(r.Take(size)));
    if (!r.ok()) return ParseError{"a field is cut short", r.offset()};
  }
  return fields;
}

}  // namespace koeru::wasm
