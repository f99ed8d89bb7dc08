// What the C library asks of its surroundings. koeru.wasm answers that itself, so that it imports
// nothing: where a program would end, WebAssembly traps, and the page gets a RuntimeError.

#if defined(__EMSCRIPTEN__)

#include <stdint.h>

extern "C" [[noreturn]] void __wasi_proc_exit(uint32_t);
extern "C" [[noreturn]] void __wasi_proc_exit(uint32_t) { __builtin_trap(); }

#endif
