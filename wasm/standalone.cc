// What the C library asks of its surroundings. koeru.wasm answers that itself, so that it imports
// nothing: where a program would end, WebAssembly traps, and the page gets a RuntimeError.

#if defined(__EMSCRIPTEN__)

#include <stddef.h>
#include <stdint.h>

extern "C" {

[[noreturn]] void __wasi_proc_exit(uint32_t);
[[noreturn]] void __wasi_proc_exit(uint32_t) { __builtin_trap(); }

// Called after each growth, for JavaScript that keeps views of the memory; ours makes them anew
// (js/src/abi.ts). The C library grows page by page, and wasm2js copies the whole memory each time:
// a quarter more on stock keeps the cost of growing linear. Without it all still works.
void emscripten_notify_memory_growth(size_t);
void emscripten_notify_memory_growth(size_t) {
  __builtin_wasm_memory_grow(0, __builtin_wasm_memory_size(0) / 4);
}

}  // extern "C"

#endif
