// koeru_fuzzer deps: koeru_turn

// Two bytes of type, then text as a person or a page might write it: what is taken prints to text
// that means the same bytes.

#include <algorithm>
#include <vector>

#include "core/bytes/hex.h"
#include "core/turn/registry.h"
#include "tests/fuzz/require.h"

using koeru::Writer;
using koeru::fuzz::Require;

namespace {

void Check(uint16_t type, std::string_view text) {
  const koeru::stun::AttributeRegistry& registry = koeru::turn::Registry();
  const koeru::stun::TransactionId id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  std::vector<uint8_t> buffer(4 * text.size() + 1024);
  Writer w(buffer);
  const auto size = registry.ParseText(type, text, w, id);
  if (!size.ok()) {
    Require(size.error().offset <= text.size(), "an error lies in the text");
    return;
  }
  const std::string printed = registry.Print(type, w.written(), id);
  std::vector<uint8_t> other(buffer.size());
  Writer v(other);
  Require(registry.ParseText(type, printed, v, id).ok(), "printed text is taken");
  Require(std::ranges::equal(w.written(), v.written()), "printed text means the same bytes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  Check(static_cast<uint16_t>((data[0] << 8) | data[1]), text);
  // Every type sees the text: there are few, and types are hard to guess.
  for (const auto table : koeru::turn::Registry().tables()) {
    for (const koeru::stun::AttributeRow& row : table) Check(row.type, text);
  }
  return 0;
}
