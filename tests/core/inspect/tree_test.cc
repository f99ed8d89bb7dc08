#include "core/inspect/tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

TEST(Tree, FindsRemarksAtAnyDepth) {
  Node tree("a", 0, 1);
  Node& child = tree.Add({"b", 0, 1});
  EXPECT_FALSE(HasRemark(tree, Severity::kWarning));
  child.Say(Severity::kWarning, "odd");
  EXPECT_TRUE(HasRemark(tree, Severity::kWarning));
  EXPECT_FALSE(HasRemark(tree, Severity::kError));
}

TEST(Tree, ErrorsAreTextWithTheirPlace) {
  Node tree("a", 0, 1);
  AddError(tree, {"too short", 3}, 10);
  EXPECT_EQ(RemarksOf(tree, "a"), "error: too short (at byte 13)\n");
}

TEST(HexPreview, SaysHowManyBytesThereAre) {
  const std::vector<uint8_t> bytes(40, 0xAB);
  EXPECT_EQ(HexPreview(Bytes(bytes).first(2), 2), "abab");
  EXPECT_EQ(HexPreview(bytes, 2), "abab... (40 bytes)");
  EXPECT_EQ(HexPreview({}, 2), "");
}

}  // namespace
}  // namespace koeru::inspect
