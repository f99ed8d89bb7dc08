#include "core/sdp/line_changes.h"

#include <gtest/gtest.h>

#include "core/sdp/document.h"

namespace koeru::sdp {
namespace {

std::string Applied(std::string_view text, LineChanges changes) {
  Document document = Document::Parse(text);
  EXPECT_TRUE(document.Apply(std::move(changes)));
  return document.ToString();
}

TEST(SdpLineChanges, AreMadeAtOnceByTheOldIndexes) {
  LineChanges changes;
  changes.Insert(3, "a=last");
  changes.Erase(1);
  changes.Insert(0, "a=1");
  changes.Insert(0, "a=2");
  changes.Replace(2, "a=new");
  EXPECT_EQ(Applied("v=0\ns=-\r\nt=0 0\n", std::move(changes)), "a=1\na=2\nv=0\na=new\na=last\n");
}

TEST(SdpLineChanges, TheLastOfOneLineWins) {
  LineChanges changes;
  changes.Erase(0);
  changes.Replace(0, "v=1");
  EXPECT_EQ(Applied("v=0\n", std::move(changes)), "v=1\n");
}

TEST(SdpLineChanges, ALastLineWithoutEndingStaysWithout) {
  LineChanges changes;
  changes.Insert(2, "a=1");
  changes.Insert(2, "a=2");
  EXPECT_EQ(Applied("v=0\ns=-", std::move(changes)), "v=0\ns=-\na=1\na=2");
}

TEST(SdpLineChanges, ACarriageReturnAtTheEndOfTheTextIsHalfAnEndingWhichANewLineCompletes) {
  LineChanges changes;
  changes.Insert(2, "a=x");
  const std::string text = Applied("v=0\ns=-\r", std::move(changes));
  EXPECT_EQ(text, "v=0\ns=-\r\na=x");
  EXPECT_EQ(Document::Parse(text).lines()[1].text(), "s=-");
}

TEST(SdpLineChanges, AreMadeAllOrNone) {
  for (const auto& [line, text] : {std::pair(size_t{3}, "a=x"), std::pair(size_t{0}, "a=x\na=y")}) {
    Document document = Document::Parse("v=0\ns=-\n");
    LineChanges changes;
    changes.Erase(0);
    changes.Insert(line, text);
    EXPECT_FALSE(document.Apply(std::move(changes)));
    EXPECT_EQ(document.ToString(), "v=0\ns=-\n");
  }
}

TEST(SdpLineChanges, TakeLinearTime) {
  std::string text = "m=audio 9 RTP/AVP 0\n";
  LineChanges changes;
  for (size_t i = 1; i <= 1'000'000; ++i) {
    text += "a=x\n";
    changes.Erase(i);
  }
  EXPECT_EQ(Applied(text, std::move(changes)), "m=audio 9 RTP/AVP 0\n");
}

}  // namespace
}  // namespace koeru::sdp
