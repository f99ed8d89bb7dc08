// The function of koeru.inspect.wasm: trees of any input.

#include "wasm/abi_room.h"
#include "wasm/koeru_abi.h"

extern "C" {

int32_t koeru_inspect(uint32_t size) { return koeru::wasm::Call(koeru::wasm::Inspect, size); }

}  // extern "C"
