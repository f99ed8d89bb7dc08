#include "core/inspect/packet_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

// RFC 7983 section 7.
TEST(PacketTree, Rfc7983_7_FirstByteTellsTheKind) {
  const auto label = [](int first) {
    return InspectPacket(std::vector<uint8_t>(40, static_cast<uint8_t>(first)), {}).label;
  };
  for (int first = 0; first < 256; ++first) {
    std::string expected = "unknown bytes";
    if (first <= 3) expected = "STUN message";
    if (first >= 16 && first <= 19) expected = "ZRTP packet";
    if (first >= 20 && first <= 63) expected = "DTLS";
    if (first >= 64 && first <= 127) expected = "ChannelData";
    if (first >= 128 && first <= 191) expected = "RTP";
    EXPECT_EQ(label(first), expected) << first;
  }
}

// Methods above 0x7F begin with a byte that RFC 7983 gives to others; the cookie tells.
TEST(PacketTree, TheMagicCookieMakesAnyMethodStun) {
  EXPECT_EQ(InspectPacket(BytesOf("3eef 0000 2112a442 000000000000000000000001"), {}).label,
            "STUN message");
}

TEST(PacketTree, AnEmptyPacketIsAnError) {
  EXPECT_TRUE(HasRemark(InspectPacket({}, {}), Severity::kError));
}

TEST(PacketTree, OffsetsCountFromTheBaseGiven) {
  const std::vector<uint8_t> packet = BytesOf("4001001080e0123400000010decafbad01020304");
  const Node tree = InspectPacket(packet, {.credentials = {}, .base = 1000});
  EXPECT_EQ(tree.offset, 1000u);
  ExpectSound(tree, 1000, 1000 + packet.size());
}

TEST(PacketTree, EveryTruncationGivesASoundTree) {
  ExpectSoundTruncations(
      "001700282112a442000000000000000000000009 001200080001112be112a643 00130014"
      "000100002112a44200000000000000000000000a 80220000",
      [](Bytes bytes) { return InspectPacket(bytes, {}); });
}

// A message may carry itself many times over.
TEST(PacketTree, NestingIsBounded) {
  std::vector<uint8_t> packet = {0x40, 0x00, 0x00, 0x00};
  for (int i = 0; i < 50; ++i) {
    const auto size = static_cast<uint16_t>(packet.size());
    packet.insert(packet.begin(),
                  {0x40, 0x00, static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)});
  }
  const Node tree = InspectPacket(packet, {});
  int messages = 0;
  for (const Node* node = &tree; node != nullptr;) {
    ++messages;
    const Node* next = nullptr;
    if (const Node* data = Find(*node, "application data"); data && !data->children.empty()) {
      next = &data->children.front();
    }
    node = next;
  }
  EXPECT_EQ(messages, kMaxDepth);
  EXPECT_TRUE(HasRemark(tree, Severity::kNote));
}

TEST(AddPayload, LeavesOutWhatDoesNotReadWell) {
  Node node("parent", 0, 3);
  AddPayload(node, BytesOf("000102"), {});
  AddPayload(node, {}, {});
  EXPECT_TRUE(node.children.empty());
}

}  // namespace
}  // namespace koeru::inspect
