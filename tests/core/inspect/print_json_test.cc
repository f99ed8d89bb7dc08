#include "core/inspect/print_json.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

TEST(PrintJson, LeavesOutWhatIsEmpty) {
  Node tree("a", 0, 12, "x\"y", "RFC 1 §2");
  tree.Say(Severity::kError, "bad");
  tree.Add({"b", 4, 8});
  EXPECT_EQ(PrintJson(tree), R"({"label":"a","offset":0,"size":12,"value":"x\"y","rfc":"RFC 1 §2",)"
                             R"("remarks":[{"severity":"error","text":"bad"}],)"
                             R"("children":[{"label":"b","offset":4,"size":8}]})");
}

}  // namespace
}  // namespace koeru::inspect
