#pragma once

// What the tests of trees share.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/inspect/tree.h"

namespace koeru::inspect {

inline std::vector<uint8_t> BytesOf(std::string_view hex) {
  auto bytes = FromHex(hex);
  EXPECT_TRUE(bytes.ok()) << hex;
  return bytes.ok() ? *bytes : std::vector<uint8_t>();
}

// The first node of that label, searched depth first; null when there is none.
inline const Node* Find(const Node& tree, std::string_view label) {
  if (tree.label == label) return &tree;
  for (const Node& child : tree.children) {
    if (const Node* found = Find(child, label)) return found;
  }
  return nullptr;
}

inline std::string ValueOf(const Node& tree, std::string_view label) {
  const Node* node = Find(tree, label);
  return node == nullptr ? "(no " + std::string(label) + ")" : node->value;
}

// All remarks of one node, one after the other.
inline std::string RemarksOf(const Node& tree, std::string_view label) {
  const Node* node = Find(tree, label);
  if (node == nullptr) return "(no " + std::string(label) + ")";
  std::string text;
  for (const Remark& remark : node->remarks) {
    text += std::string(SeverityName(remark.severity)) + ": " + remark.text + "\n";
  }
  return text;
}

// Every node lies within its parent, and every text is safe to show.
inline void ExpectSound(const Node& node, size_t begin, size_t end) {
  EXPECT_GE(node.offset, begin) << node.label;
  EXPECT_LE(node.offset + node.size, end) << node.label;
  EXPECT_TRUE(IsValidUtf8(node.label + node.value));
  for (char c : node.label + node.value) EXPECT_GE(static_cast<uint8_t>(c), 0x20) << node.label;
  for (const Node& child : node.children) {
    ExpectSound(child, node.offset, node.offset + node.size);
  }
}

// Every truncation of a packet gives a sound tree, made by `inspect(bytes)`.
template <typename Inspect>
void ExpectSoundTruncations(std::string_view hex, Inspect inspect) {
  const std::vector<uint8_t> packet = BytesOf(hex);
  for (size_t size = 0; size <= packet.size(); ++size) {
    // A copy of its own, so that a sanitizer sees a read behind the end.
    const std::vector<uint8_t> cut(packet.begin(),
                                   packet.begin() + static_cast<std::ptrdiff_t>(size));
    const Node tree = inspect(Bytes(cut));
    EXPECT_EQ(tree.size, size);
    ExpectSound(tree, tree.offset, tree.offset + size);
  }
}

}  // namespace koeru::inspect
