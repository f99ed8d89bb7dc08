#include "core/inspect/tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "core/inspect/uri_tree.h"

namespace koeru::inspect {
namespace {

// Every node lies within its parent, and every text is safe to show.
void ExpectSound(const Node& node, size_t begin, size_t end) {
  EXPECT_GE(node.offset, begin) << node.label;
  EXPECT_LE(node.offset + node.size, end) << node.label;
  EXPECT_TRUE(IsValidUtf8(node.label + node.value));
  for (char c : node.label + node.value) EXPECT_GE(static_cast<uint8_t>(c), 0x20) << node.label;
  for (const Node& child : node.children) {
    ExpectSound(child, node.offset, node.offset + node.size);
  }
}

std::vector<uint8_t> BytesOf(std::string_view hex) {
  auto bytes = FromHex(hex);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : std::vector<uint8_t>();
}

constexpr std::string_view kPackets[] = {
    // A Data indication with a Binding request inside.
    "001700282112a442000000000000000000000009 001200080001112be112a643 00130014"
    "000100002112a44200000000000000000000000a 80220000",
    // ChannelData with RTP inside.
    "4001001080e01234 00000010decafbad01020304",
    // DTLS, RTCP, RTP with CSRC and extension.
    "16fefd0000000000000000000401000000 15fefd00010000000000010002 0228",
    "81c900070000000100000002",
    "b1ef0001000000020000000300000004bede000110aa00000b0c",
};

TEST(Tree, EveryTruncationOfAPacketGivesASoundTree) {
  for (std::string_view hex : kPackets) {
    const std::vector<uint8_t> packet = BytesOf(hex);
    for (size_t size = 0; size <= packet.size(); ++size) {
      const Node tree = InspectPacket(Bytes(packet).first(size), {});
      EXPECT_EQ(tree.offset, 0u);
      EXPECT_EQ(tree.size, size);
      ExpectSound(tree, 0, size);
    }
  }
}

TEST(Tree, ABrokenStunMessageHasAnErrorAndWhatCouldBeRead) {
  const std::vector<uint8_t> message = BytesOf(
      "0003000821 12a442000000000000000000000001"
      "0019000411000000");
  EXPECT_FALSE(HasRemark(InspectPacket(message, {}), Severity::kError));
  for (size_t size = 1; size < message.size(); ++size) {
    const Node tree = InspectPacket(Bytes(message).first(size), {});
    EXPECT_TRUE(HasRemark(tree, Severity::kError)) << size;
    EXPECT_EQ(tree.children.size() >= 4, size >= 20) << size;
  }
}

TEST(Tree, OffsetsCountFromTheBaseGiven) {
  const std::vector<uint8_t> packet = BytesOf(kPackets[0]);
  const Node tree = InspectPacket(packet, {.credentials = {}, .base = 1000});
  EXPECT_EQ(tree.offset, 1000u);
  ExpectSound(tree, 1000, 1000 + packet.size());
  EXPECT_EQ(InspectCandidate("1 1 udp 1 ::1 9 typ host", 50).children[1].offset, 52u);
  EXPECT_EQ(InspectUri("stun:a.example", 50).children[1].offset, 55u);
}

// A message may carry itself many times over: depth is bounded.
TEST(Tree, NestingIsBounded) {
  std::vector<uint8_t> packet = {0x40, 0x00, 0x00, 0x00};
  for (int i = 0; i < 50; ++i) {
    const auto size = static_cast<uint16_t>(packet.size());
    packet.insert(packet.begin(),
                  {0x40, 0x00, static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)});
  }
  const Node tree = InspectPacket(packet, {});
  int depth = 0;
  const Node* node = &tree;
  while (!node->children.empty()) {
    const Node* next = nullptr;
    for (const Node& child : node->children) {
      if (child.label == "application data" || child.label == "ChannelData") next = &child;
    }
    if (next == nullptr) break;
    node = next;
    ++depth;
  }
  EXPECT_LE(depth, 2 * kMaxDepth);
  EXPECT_TRUE(HasRemark(tree, Severity::kNote));
}

TEST(Tree, EveryByteAsFirstByteGivesATree) {
  for (int first = 0; first < 256; ++first) {
    const std::vector<uint8_t> packet(40, static_cast<uint8_t>(first));
    ExpectSound(InspectPacket(packet, {}), 0, packet.size());
  }
}

TEST(Tree, StrangeCandidatesAreShownEscaped) {
  const Node tree = InspectCandidate("candidate:1 1 \x1b[2J 1 \xFF 9 typ host");
  ExpectSound(tree, 0, 40);
  EXPECT_EQ(PrintText(tree).find('\x1b'), std::string::npos);
  EXPECT_TRUE(IsValidUtf8(PrintJson(tree)));
}

TEST(HexPreview, SaysHowManyBytesThereAre) {
  const std::vector<uint8_t> bytes(40, 0xAB);
  EXPECT_EQ(HexPreview(Bytes(bytes).first(2), 2), "abab");
  EXPECT_EQ(HexPreview(bytes, 2), "abab... (40 bytes)");
}

}  // namespace
}  // namespace koeru::inspect
