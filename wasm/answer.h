#pragma once

// What a call of the ABI hands back: JSON or bytes, or an error as JSON.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes/result.h"

namespace koeru::wasm {

struct Answer {
  bool ok = true;
  std::string bytes;
};

inline Answer Success(std::string bytes) { return {true, std::move(bytes)}; }
// {"reason":...,"offset":...}
Answer Failure(const ParseError& error);
// {"reason":...,"field":...}, and the offset within that field.
Answer FieldFailure(std::string_view field, const ParseError& error);
Answer FieldFailure(std::string_view field, std::string_view reason);

}  // namespace koeru::wasm
