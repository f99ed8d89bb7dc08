// koeru_fuzzer deps: koeru_tools
//
// Capture files of any content: libpcap reads them, and all behind it (link layer, IP, TCP order,
// sessions, ladder) must end, stay within its limits and print nothing unsafe.

#include <cstdio>
#include <string>
#include <vector>

#include "core/bytes/escape.h"
#include "native_server/tools/capture_file.h"
#include "native_server/tools/ladder.h"
#include "native_server/tools/session_json.h"
#include "native_server/tools/session_table.h"
#include "tests/fuzz/require.h"

namespace {

using namespace koeru::tools;

using koeru::fuzz::Require;

void CheckText(const std::string& text) {
  Require(koeru::IsValidUtf8(text), "koeru::IsValidUtf8(text)");
  for (char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    Require(c == '\n' || (byte >= 0x20 && byte != 0x7F),
            "c == '\\n' || (byte >= 0x20 && byte != 0x7F)");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::vector<uint8_t> copy(data, data + size);
  std::FILE* file = fmemopen(copy.data(), copy.size(), "rb");
  Require(file != nullptr, "file != nullptr");
  CaptureFile capture;
  if (!capture.Open(file)) {
    CheckText(capture.error());
    return 0;
  }
  SessionTable table({.trees = true, .user = "alice", .realm = {}, .password = "secret"});
  while (const auto packet = capture.Next()) table.OnPacket(capture.link_type(), *packet);
  CheckText(capture.error());
  CheckText(PrintCaptureHead(table, "fuzz"));
  for (const Session* session : table.Found()) {
    CheckText(PrintLadder(*session, table.first_time_ns()));
  }
  koeru::inspect::JsonWriter json;
  WriteCapture(table, "fuzz", capture.error(), json);
  CheckText(json.Take());
  return 0;
}
