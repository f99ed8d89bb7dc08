#include "native_server/web/json_members.h"

#include <gtest/gtest.h>

namespace koeru::server::web {
namespace {

TEST(JsonMembers, FindsNamesAndValuesAsTheyStand) {
  const auto members =
      TopLevelMembers(" {\"a\" :1.5e3,\t\"b\\\"\": \"x,}\" ,\"c\":[{},[]],\"d\":null} ");
  ASSERT_EQ(members.size(), 4u);
  EXPECT_EQ(members[0].name, "\"a\"");
  EXPECT_EQ(members[0].value, "1.5e3");
  EXPECT_EQ(members[1].name, "\"b\\\"\"");
  EXPECT_EQ(members[1].value, "\"x,}\"");
  EXPECT_EQ(members[2].value, "[{},[]]");
  EXPECT_EQ(members[3].value, "null");
}

TEST(JsonMembers, EmptyObjectAndOtherValuesHaveNone) {
  for (const char* text : {"{}", " { } ", "[]", "1", "\"{\"", ""}) {
    EXPECT_TRUE(TopLevelMembers(text).empty()) << text;
  }
}

TEST(JsonMembers, NeverReadsOutsideWhateverIsThere) {
  const std::string text = R"({"a":{"b":"\\\"","c":[1,2]},"d":"e\""})";
  for (size_t size = 0; size < text.size(); ++size) {
    const std::string copy = text.substr(0, size);  // its end is the end of its memory
    TopLevelMembers(copy);
    TopLevelMembers(copy + "\\");
    TopLevelMembers(copy + "]]}}");
  }
}

}  // namespace
}  // namespace koeru::server::web
