// koeru_fuzzer deps: koeru_net

// Addresses, endpoints and prefixes: what is read prints to text that reads to the same value, and
// printing that again changes nothing.

#include <string_view>

#include "core/net/address.h"
#include "core/net/prefix.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;

template <typename T>
void Check(std::string_view text) {
  const auto value = T::Parse(text);
  if (!value.ok()) {
    Require(value.error().offset <= text.size(), "an error lies in the text");
    return;
  }
  const std::string canonical = value->ToString();
  const auto again = T::Parse(canonical);
  Require(again.ok() && *again == *value, "printed text reads to the same value");
  Require(again->ToString() == canonical, "printed text is canonical");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Check<koeru::net::Address>(text);
  Check<koeru::net::Endpoint>(text);
  Check<koeru::net::Prefix>(text);
  if (size == 4 || size == 16) {
    const auto address = koeru::net::Address::FromBytes({data, size});
    const auto again = koeru::net::Address::Parse(address.ToString());
    Require(again.ok() && *again == address, "every address prints and reads");
  }
  return 0;
}
