// koeru_fuzzer deps: koeru_inspect
//
// The inspector takes any bytes: every node lies within its parent, and what it prints is safe for
// a terminal and valid UTF-8.

#include <string>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "core/inspect/uri_tree.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::inspect::Node;

using koeru::fuzz::Require;

void CheckRanges(const Node& node, size_t begin, size_t end) {
  Require(node.offset >= begin && node.size <= end && node.offset <= end - node.size,
          "node.offset >= begin && node.size <= end && node.offset <= end - node.size");
  for (const Node& child : node.children) {
    CheckRanges(child, node.offset, node.offset + node.size);
  }
}

void Check(const Node& tree, size_t size) {
  CheckRanges(tree, 0, size);
  const std::string text = koeru::inspect::PrintText(tree);
  Require(koeru::IsValidUtf8(text), "koeru::IsValidUtf8(text)");
  for (char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    Require(c == '\n' || (byte >= 0x20 && byte != 0x7F),
            "c == '\\n' || (byte >= 0x20 && byte != 0x7F)");
  }
  Require(koeru::IsValidUtf8(koeru::inspect::PrintJson(tree)),
          "koeru::IsValidUtf8(koeru::inspect::PrintJson(tree))");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const koeru::Bytes bytes(data, size);
  Check(koeru::inspect::InspectPacket(bytes, {}), size);
  Check(koeru::inspect::InspectPacket(bytes, {.credentials = {"user", "realm", "secret", true}}),
        size);
  if (size > 4096) return 0;
  Check(koeru::inspect::InspectCandidate(koeru::AsText(bytes)), size);
  Check(koeru::inspect::InspectUri(koeru::AsText(bytes)), size);
  return 0;
}
