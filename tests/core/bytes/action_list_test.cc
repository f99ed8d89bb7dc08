#include "core/bytes/action_list.h"

#include <gtest/gtest.h>

#include <variant>

#include "core/bytes/hex.h"

namespace koeru {
namespace {

struct Send {
  size_t offset = 0, size = 0;
};
struct Stop {};

class Actions : public ActionList<std::variant<Send, Stop>> {
 public:
  std::string_view TextOf(size_t i) const {
    const auto& send = std::get<Send>((*this)[i]);
    return AsText(View(send.offset, send.size));
  }
  void Add(std::string_view text) { Push(Send{Store(AsBytes(text)), text.size()}); }
  void End() { Push(Stop{}); }
};

TEST(ActionList, KeepsItsOrderAndTheBytesOfEach) {
  Actions actions;
  EXPECT_TRUE(actions.empty());
  actions.Add("one");
  actions.End();
  actions.Add("");
  actions.Add("three");
  ASSERT_EQ(actions.size(), 4u);
  EXPECT_EQ(actions.TextOf(0), "one");
  EXPECT_TRUE(std::holds_alternative<Stop>(actions[1]));
  EXPECT_EQ(actions.TextOf(2), "");
  EXPECT_EQ(actions.TextOf(3), "three");
  EXPECT_EQ(actions.end() - actions.begin(), 4);
}

TEST(ActionList, BeginsAnewAfterClear) {
  Actions actions;
  actions.Add("before");
  actions.Clear();
  EXPECT_TRUE(actions.empty());
  actions.Add("after");
  EXPECT_EQ(actions.TextOf(0), "after");
}

}  // namespace
}  // namespace koeru
