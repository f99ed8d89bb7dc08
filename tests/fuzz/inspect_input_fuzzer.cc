// koeru_fuzzer deps: koeru_inspect
//
// Inputs of any kind, as the inspector's page takes them (session descriptions, text, bytes,
// captures): every node lies within its parent, entries of a capture lie within the file, and all
// that is printed is safe for a terminal and valid UTF-8.

#include <string>

#include "core/bytes/escape.h"
#include "core/inspect/input.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;
using koeru::inspect::CaptureEntry;
using koeru::inspect::Inspection;
using koeru::inspect::Node;

void CheckRanges(const Node& node, size_t begin, size_t end) {
  Require(node.offset >= begin && node.size <= end && node.offset <= end - node.size,
          "a node lies within its parent");
  for (const Node& child : node.children) {
    CheckRanges(child, node.offset, node.offset + node.size);
  }
}

void CheckText(const std::string& text) {
  Require(koeru::IsValidUtf8(text), "text is UTF-8");
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    Require(c == '\n' || (byte >= 0x20 && byte != 0x7F), "text has no control characters");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const koeru::Bytes bytes(data, size);
  const Inspection found = koeru::inspect::InspectInput(bytes, {"user", {}, "secret", true});
  CheckText(found.error);
  Require(!found.error.empty() || !found.items.empty() ||
              found.kind == koeru::inspect::InputKind::kCapture,
          "something is found, or it is said why not");
  for (const auto& item : found.items) {
    CheckRanges(item.tree, 0, item.bytes.empty() ? size : item.bytes.size());
    CheckText(koeru::inspect::PrintText(item.tree));
    Require(koeru::IsValidUtf8(koeru::inspect::PrintJson(item.tree)), "JSON is UTF-8");
  }
  for (const CaptureEntry& entry : found.capture.packets) {
    Require(entry.offset <= size && entry.size <= size - entry.offset, "an entry is in the file");
    CheckText(entry.source + entry.destination + entry.summary);
    CheckRanges(koeru::inspect::InspectPacket(bytes.subspan(entry.offset, entry.size), {}), 0,
                entry.size);
  }
  return 0;
}
