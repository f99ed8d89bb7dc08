// The memory around the calls: what both modules have.

#include "wasm/abi_room.h"

#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "wasm/koeru_abi.h"

namespace {

using koeru::wasm::Answer;

// The module is single-threaded and has one caller; these two live from call to call.
struct Room {
  std::unique_ptr<uint8_t[]> bytes;
  uint32_t size = 0;

  // Not zeroed, because the caller fills it. The old one goes first, so that both need never fit.
  void Make(uint32_t wanted) {
    if (wanted > size) {
      *this = Room();
      bytes.reset(new uint8_t[wanted]);
      size = wanted;
    }
  }
  // What is small stays for the next call, what is large is memory for others.
  void GiveBackIfLarge() {
    if (size > 2 * KOERU_MAX_INPUT) *this = Room();
  }
};
Room& Input() {
  static Room input;
  return input;
}
std::string& Output() {
  static std::string output;
  return output;
}

// Set before the trap. koeru_out_of_memory() only reads it, so it may be asked after one.
bool out_of_memory = false;
[[noreturn]] void OnOutOfMemory() {
  out_of_memory = true;
  std::abort();
}
[[maybe_unused]] const auto previous_handler = std::set_new_handler(OnOutOfMemory);

int32_t Give(Answer answer) {
  Output() = std::move(answer.bytes);
  const auto length = static_cast<int32_t>(Output().size());
  return answer.ok ? length : -length;
}

}  // namespace

int32_t koeru::wasm::Call(Function function, uint32_t size, uint32_t limit) {
  if (size > limit) return Give(Failure({"the input is longer than this call takes", limit}));
  // Never more than koeru_input() made room for.
  if (size > Input().size) return Give(Failure({"call koeru_input first", 0}));
  Answer answer = function(Bytes(Input().bytes.get(), size));
  Input().GiveBackIfLarge();
  return Give(std::move(answer));
}

extern "C" {

int32_t koeru_abi_version(void) { return KOERU_ABI_VERSION; }

uint8_t* koeru_input(uint32_t size) {
  if (size > KOERU_MAX_ROOM) return nullptr;
  // The last answer goes first: even a short one may stand between two halves of large room.
  std::string().swap(Output());
  // One byte at least, so that there is an address.
  Input().Make(size + 1);
  return Input().bytes.get();
}

const char* koeru_output(void) { return Output().data(); }

int32_t koeru_out_of_memory(void) { return out_of_memory ? 1 : 0; }

int32_t koeru_version(uint32_t) {
  koeru::inspect::JsonWriter json;
  json.BeginObject();
  json.Field("version", KOERU_VERSION);
  json.Field("abi", uint32_t{KOERU_ABI_VERSION});
  json.EndObject();
  return Give(koeru::wasm::Success(json.Take()));
}

}  // extern "C"
