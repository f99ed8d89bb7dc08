#include "core/sdp/checks/notes.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(Notes, TheFirstStays) {
  Notes notes;
  EXPECT_TRUE(notes.Add({1, "a"}, {7, "x"}).is_new);
  const Notes::Added again = notes.Add({1, "a"}, {8, "y"});
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.note.number, 7u);
  EXPECT_EQ(again.note.text, "x");
  EXPECT_EQ(notes.size(), 1u);
}

TEST(Notes, NumberAndTextBothTellKeysApart) {
  Notes notes;
  notes.Add({1, "a"}, {});
  EXPECT_NE(notes.Find({1, "a"}), nullptr);
  EXPECT_EQ(notes.Find({1, "b"}), nullptr);
  EXPECT_EQ(notes.Find({2, "a"}), nullptr);
  EXPECT_EQ(notes.Find({1}), nullptr);
}

}  // namespace
}  // namespace koeru::sdp
