// The functions of koeru.wasm: messages, candidates, URIs and lines of descriptions.

#include "wasm/koeru_abi.h"

#include "wasm/abi_room.h"

using koeru::wasm::Call;

extern "C" {

int32_t koeru_candidate_parse(uint32_t size) {
  return Call(koeru::wasm::ParseCandidate, size, KOERU_MAX_INPUT);
}
int32_t koeru_candidate_format(uint32_t size) {
  return Call(koeru::wasm::FormatCandidate, size, KOERU_MAX_INPUT);
}
int32_t koeru_uri_parse(uint32_t size) {
  return Call(koeru::wasm::ParseUri, size, KOERU_MAX_INPUT);
}
int32_t koeru_stun_decode(uint32_t size) {
  return Call(koeru::wasm::DecodeStun, size, KOERU_MAX_INPUT);
}
int32_t koeru_stun_encode(uint32_t size) {
  return Call(koeru::wasm::EncodeStun, size, KOERU_MAX_INPUT);
}
int32_t koeru_sdp_decode(uint32_t size) { return Call(koeru::wasm::DecodeSdpLines, size); }
int32_t koeru_sdp_encode(uint32_t size) { return Call(koeru::wasm::EncodeSdpLine, size); }

}  // extern "C"
