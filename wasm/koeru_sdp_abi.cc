// The functions of koeru.sdp.wasm: whole descriptions.

#include "wasm/abi_room.h"
#include "wasm/koeru_abi.h"

using koeru::wasm::Call;

extern "C" {

int32_t koeru_sdp_lint(uint32_t size) { return Call(koeru::wasm::LintSdp, size); }
int32_t koeru_sdp_edit(uint32_t size) { return Call(koeru::wasm::EditSdp, size); }
int32_t koeru_sdp_diff(uint32_t size) { return Call(koeru::wasm::DiffSdp, size); }

}  // extern "C"
