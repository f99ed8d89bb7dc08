#pragma once

// What a call of the ABI hands back: JSON or bytes, or an error as JSON.

#include <string>
#include <string_view>
#include <utility>

#include "core/bytes/result.h"
#include "core/inspect/json_writer.h"

namespace koeru::wasm {

struct Answer {
  bool ok = true;
  std::string bytes;
};

inline Answer Success(std::string bytes) { return {true, std::move(bytes)}; }
inline Answer Failure(const ParseError& error, std::string_view field = {}) {
  return {false, inspect::ErrorJson(error, field)};
}

}  // namespace koeru::wasm
