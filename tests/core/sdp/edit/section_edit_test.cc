#include "core/sdp/edit/section_edit.h"

#include <gtest/gtest.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

// Adds a line to sections whose m= line has the word; fails for good at "bad".
class Marker final : public SectionEditor {
 public:
  explicit Marker(std::string_view word) : word_(word) {}

  EditResult Edit(SectionEdit& edit) override {
    edit.changes().Insert(edit.EndOfContent(), "a=seen");
    if (edit.line(edit.first()).value() == "bad") return EditError{"is bad", "section"};
    if (edit.line(edit.first()).value() != word_) return EditError{"is another", "section", true};
    return std::nullopt;
  }
  EditResult Finish() override {
    return word_ == "late" ? EditResult(EditError{"too late", ""}) : std::nullopt;
  }

 private:
  std::string_view word_;
};

std::string Marked(std::string_view text, std::string_view word, size_t section) {
  return Edited(text, [&](Document& document) {
    Marker marker(word);
    return EditSections(document, section, marker);
  });
}

TEST(SdpSectionEdit, AnErrorAnywhereChangesNothing) {
  EXPECT_EQ(Marked("m=x\nm=bad\n", "x", kEveryMediaSection), "section: is bad");
  EXPECT_EQ(Marked("m=late\n", "late", kEveryMediaSection), ": too late");
  EXPECT_EQ(Marked("m=x\n", "y", 1), "section: is another");
  EXPECT_EQ(Marked("m=x\n", "y", kEveryMediaSection), "section: is another");
}

TEST(SdpSectionEdit, NamesTheSectionsThatThereAre) {
  EXPECT_EQ(Marked("m=x\n", "x", 2),
            "section: there is no media section 1: the description has 1, counted from 0");
  EXPECT_EQ(Marked("v=0\n", "x", kEveryMediaSection),
            "section: the description has no media section");
}

TEST(SdpSectionEdit, ContentEndsInFrontOfEmptyLines) {
  EXPECT_EQ(Marked("m=x\na=1\n\n \nm=x\n", "x", 1), "m=x\na=1\na=seen\n\n \nm=x\n");
}

TEST(SdpSectionEdit, KnowsTheOrderOfRfc8866Section5) {
  const Document document = Document::Parse("v=0\no=x\ns=x\nt=0 0\na=x\nm=x\nb=1\nb=2\nk=x\na=x\n");
  LineChanges changes;
  EXPECT_EQ(SectionEdit(document, 0, changes).PlaceOf('c'), 3u);
  EXPECT_EQ(SectionEdit(document, 0, changes).PlaceOf('a'), 5u);
  EXPECT_EQ(SectionEdit(document, 1, changes).PlaceOf('i'), 6u);
  EXPECT_EQ(SectionEdit(document, 1, changes).PlaceOf('b'), 8u);
}

TEST(SdpSectionEdit, ALineThatIsSoAlreadyIsNoChange) {
  const Document document = Document::Parse("v=0\n");
  LineChanges changes;
  SectionEdit(document, 0, changes).Set(0, "v=0");
  EXPECT_TRUE(changes.empty());
  SectionEdit(document, 0, changes).Set(0, "v=1");
  EXPECT_FALSE(changes.empty());
}

TEST(SdpSectionEdit, QuotesAreCutShort) {
  EXPECT_EQ(Quoted("VP8"), "\"VP8\"");
  EXPECT_EQ(Quoted(std::string(100, 'x')), '"' + std::string(60, 'x') + "...\"");
}

}  // namespace
}  // namespace koeru::sdp
