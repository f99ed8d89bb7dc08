// Runs the calls that it reads, one a line ("stun_decode 00010a"), and prints what they answer, one
// a line: the length that the call returned and the output in hexadecimal.

#include <iostream>
#include <string>

#include "core/bytes/hex.h"
#include "tests/wasm/abi_call.h"

namespace {

struct Operation {
  std::string_view name;
  int32_t (*function)(uint32_t);
};

constexpr Operation kOperations[] = {
    {"version", koeru_version},
    {"candidate_parse", koeru_candidate_parse},
    {"candidate_format", koeru_candidate_format},
    {"uri_parse", koeru_uri_parse},
    {"stun_decode", koeru_stun_decode},
    {"stun_encode", koeru_stun_encode},
    {"sdp_decode", koeru_sdp_decode},
    {"sdp_encode", koeru_sdp_encode},
    {"sdp_lint", koeru_sdp_lint},
    {"sdp_edit", koeru_sdp_edit},
    {"sdp_diff", koeru_sdp_diff},
    {"inspect", koeru_inspect},
};

}  // namespace

int main() {
  std::string name;
  std::string hex;
  while (std::cin >> name && std::getline(std::cin, hex)) {
    const auto input = koeru::FromHex(hex);
    if (!input.ok()) return 1;
    bool found = false;
    for (const Operation& operation : kOperations) {
      if (operation.name != name) continue;
      found = true;
      const auto output = koeru::wasm::Call(operation.function, koeru::AsText(*input));
      std::cout << (output.ok ? "ok " : "error ") << koeru::ToHex(koeru::AsBytes(output.bytes))
                << '\n';
    }
    if (!found) return 1;
  }
  return 0;
}
