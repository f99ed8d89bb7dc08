#pragma once

// The fields of an input: a sequence of [length: 32 bits, network order][bytes].

#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::wasm {

// Views into `input`.
Result<std::vector<std::string_view>> ReadFields(Bytes input);

}  // namespace koeru::wasm
