#pragma once

// What the inspector makes of any input: a tree that says for every byte what it is.
//
//   Node tree = InspectPacket(datagram, {});          // core/inspect/packet_tree.h
//   std::string text = PrintText(tree);               // core/inspect/print_text.h
//   std::string json = PrintJson(tree);               // core/inspect/print_json.h
//
// A broken input gives a tree, too: all that could be read, and a remark of severity kError at the
// place where reading ended. A tree owns its texts. They are safe to show: whoever makes a node
// passes the bytes of strangers through Escape() (core/bytes/escape.h).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"

namespace koeru::inspect {

enum class Severity : uint8_t {
  kNote,     // good to know
  kWarning,  // legal, but likely not what was meant; or a receiver would refuse it
  kError,    // could not be read
};

// "note", "warning", "error".
std::string_view SeverityName(Severity severity);

struct Remark {
  Severity severity = Severity::kNote;
  std::string text;
  std::string_view section = {};  // "RFC 5888 §4", static; may be empty
};

struct Node {
  std::string label;         // "XOR-MAPPED-ADDRESS"
  size_t offset = 0;         // in the whole input
  size_t size = 0;           // bytes
  std::string value;         // "192.0.2.1:32853"; may be empty
  std::string_view section;  // "RFC 8489 §14.2", static; may be empty
  std::vector<Remark> remarks;
  std::vector<Node> children;

  // Defined out of line, all of them: trees are built in many places, and koeru.wasm is to be
  // small.
  Node();
  Node(std::string_view label_text, size_t at, size_t byte_count, std::string value_text = {},
       std::string_view section_text = {});
  Node(const Node&);
  Node(Node&&) noexcept;
  Node& operator=(const Node&);
  Node& operator=(Node&&) noexcept;
  ~Node();

  // The new child; valid until the next Add().
  Node& Add(Node child);
  void Say(Severity severity, std::string_view text, std::string_view section_text = {});
};

// A node's remark for a decoder's error. `base` is where the decoder's input began.
void AddError(Node& node, const ParseError& error, size_t base);

// True when the node or one below it has a remark of that severity.
bool HasRemark(const Node& node, Severity severity);

// The first bytes in hexadecimal, and how many more there are.
std::string HexPreview(Bytes bytes, size_t at_most = 32);

// How deep trees grow: messages that carry messages (DATA, ChannelData) end here, with a note.
inline constexpr int kMaxDepth = 4;

}  // namespace koeru::inspect
