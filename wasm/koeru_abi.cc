#include "wasm/koeru_abi.h"

#include <string>
#include <vector>

#include "wasm/calls.h"

namespace {

using koeru::wasm::Answer;

// The module is single-threaded and has one caller; these two live from call to call.
std::vector<uint8_t>& Input() {
  static std::vector<uint8_t> input;
  return input;
}
std::string& Output() {
  static std::string output;
  return output;
}

int32_t Give(Answer answer) {
  Output() = std::move(answer.bytes);
  const auto length = static_cast<int32_t>(Output().size());
  return answer.ok ? length : -length;
}

int32_t Call(Answer (*function)(koeru::Bytes), uint32_t size) {
  // Never more than koeru_input() made room for.
  if (size > Input().size()) return Give(koeru::wasm::Failure({"call koeru_input first", 0}));
  return Give(function(koeru::Bytes(Input()).first(size)));
}

}  // namespace

extern "C" {

int32_t koeru_abi_version(void) { return KOERU_ABI_VERSION; }

uint8_t* koeru_input(uint32_t size) {
  if (size > KOERU_MAX_INPUT) return nullptr;
  // One byte at least, so that data() is never null.
  Input().resize(size + 1);
  return Input().data();
}

const char* koeru_output(void) { return Output().data(); }

int32_t koeru_version(uint32_t) {
  koeru::inspect::JsonWriter json;
  json.BeginObject();
  json.Field("version", KOERU_VERSION);
  json.Field("abi", uint32_t{KOERU_ABI_VERSION});
  json.EndObject();
  return Give(koeru::wasm::Success(json.Take()));
}

int32_t koeru_candidate_parse(uint32_t size) { return Call(koeru::wasm::ParseCandidate, size); }
int32_t koeru_candidate_format(uint32_t size) { return Call(koeru::wasm::FormatCandidate, size); }
int32_t koeru_uri_parse(uint32_t size) { return Call(koeru::wasm::ParseUri, size); }
int32_t koeru_stun_decode(uint32_t size) { return Call(koeru::wasm::DecodeStun, size); }
int32_t koeru_stun_encode(uint32_t size) { return Call(koeru::wasm::EncodeStun, size); }
int32_t koeru_sdp_decode(uint32_t size) { return Call(koeru::wasm::DecodeSdpLines, size); }
int32_t koeru_sdp_encode(uint32_t size) { return Call(koeru::wasm::EncodeSdpLine, size); }
int32_t koeru_sdp_edit(uint32_t size) { return Call(koeru::wasm::EditSdp, size); }
int32_t koeru_sdp_diff(uint32_t size) { return Call(koeru::wasm::DiffSdp, size); }

}  // extern "C"
