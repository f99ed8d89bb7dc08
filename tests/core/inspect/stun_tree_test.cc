#include "core/inspect/stun_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kAllocate =
    "00030008 2112a442 000000000000000000000001 00190004 11000000";

TEST(StunTree, ShowsEveryHeaderField) {
  const Node tree = InspectStun(BytesOf(kAllocate), {});
  EXPECT_EQ(tree.value, "Allocate request");
  EXPECT_EQ(tree.section.substr(0, 8), "RFC 8656");
  EXPECT_EQ(ValueOf(tree, "message type"), "0x0003 Allocate request");
  EXPECT_EQ(ValueOf(tree, "message length"), "8");
  EXPECT_EQ(ValueOf(tree, "magic cookie"), "0x2112A442");
  EXPECT_EQ(ValueOf(tree, "transaction ID"), "000000000000000000000001");
  EXPECT_FALSE(HasRemark(tree, Severity::kError));
}

TEST(StunTree, EveryTruncationIsAnErrorAndShowsWhatCouldBeRead) {
  const std::vector<uint8_t> message = BytesOf(kAllocate);
  for (size_t size = 0; size < message.size(); ++size) {
    const Node tree = InspectStun(Bytes(message).first(size), {});
    EXPECT_TRUE(HasRemark(tree, Severity::kError)) << size;
    EXPECT_EQ(tree.children.size() >= 4, size >= 20) << size;
  }
  ExpectSoundTruncations(
      "000100102112a44200000000000000000000000280220003aabbccee fff0000201020304",
      [](Bytes bytes) { return InspectStun(bytes, {}); });
  ExpectSoundTruncations(kAllocate, [](Bytes bytes) { return InspectStun(bytes, {}); });
}

TEST(StunTree, ErrorsTellTheirPlaceInTheWholeInput) {
  const std::vector<uint8_t> message = BytesOf("0001 0003 2112a442 000000000000000000000001");
  const Node tree = InspectStun(message, {.credentials = {}, .base = 100});
  ASSERT_EQ(tree.remarks.size(), 1u);
  EXPECT_NE(tree.remarks[0].text.find("(at byte 102)"), std::string::npos) << tree.remarks[0].text;
}

TEST(StunTree, UnknownMethodsHaveANumber) {
  const Node tree = InspectStun(BytesOf("3eef 0000 2112a442 000000000000000000000001"), {});
  EXPECT_EQ(tree.value, "0xFFF request");
}

}  // namespace
}  // namespace koeru::inspect
