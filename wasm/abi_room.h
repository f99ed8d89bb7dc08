#pragma once

// How a call of the ABI gets at its input and leaves its output (koeru_abi.h).

#include "wasm/calls.h"
#include "wasm/koeru_abi.h"

namespace koeru::wasm {

using Function = Answer (*)(Bytes);

// Runs a function on the first `size` bytes of the input. What comes back is what the ABI's
// functions give: the length of the output, negative for an error.
int32_t Call(Function function, uint32_t size, uint32_t limit = KOERU_MAX_ROOM);

}  // namespace koeru::wasm
