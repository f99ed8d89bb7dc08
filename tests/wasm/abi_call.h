#pragma once

// Calls of the C interface as a page makes them: bytes in, JSON or bytes out.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "wasm/koeru_abi.h"

namespace koeru::wasm {

struct Output {
  bool ok = false;
  std::string bytes;
};

inline Output Call(int32_t (*function)(uint32_t), std::string_view input) {
  uint8_t* const at = koeru_input(static_cast<uint32_t>(input.size()));
  if (at == nullptr) return {false, "koeru_input refused"};
  std::copy(input.begin(), input.end(), at);
  const int32_t length = function(static_cast<uint32_t>(input.size()));
  const auto size = static_cast<size_t>(length < 0 ? -length : length);
  return {length >= 0, std::string(koeru_output(), size)};
}

// [length: 32 bits, network order][bytes] for each.
inline std::string JoinFields(std::initializer_list<std::string_view> fields) {
  std::string joined;
  for (const std::string_view field : fields) {
    for (const int shift : {24, 16, 8, 0}) joined += static_cast<char>(field.size() >> shift);
    joined += field;
  }
  return joined;
}

}  // namespace koeru::wasm
