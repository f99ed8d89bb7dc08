#include "core/inspect/print_text.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

TEST(PrintText, OneLineANodeAndItsRemarksBelow) {
  Node tree("a", 0, 12, "value", "RFC 1 §2");
  tree.Say(Severity::kNote, "fine");
  tree.Add({"b", 4, 8}).Say(Severity::kWarning, "odd");
  EXPECT_EQ(PrintText(tree),
            "     0    12  a: value  [RFC 1 §2]\n"
            "                - note: fine\n"
            "     4     8    b\n"
            "                  ! warning: odd\n");
}

TEST(PrintText, LargeOffsetsWidenTheColumn) {
  EXPECT_EQ(PrintText(Node("a", 12345678, 1)), "12345678     1  a\n");
}

}  // namespace
}  // namespace koeru::inspect
