#include "core/sdp/syntax.h"

#include <gtest/gtest.h>

#include "core/sdp/decoder.h"
#include "core/sdp/encoder.h"

namespace koeru::sdp {
namespace {

struct Inner {
  std::vector<uint32_t> numbers;

  void Describe(Syntax& s) {
    s.List("numbers", ",", numbers,
           [](Syntax& item, uint32_t& number) { item.Number("", number); });
  }
};

// 1,2;3 4 5 then, if it is lenient, "!".
struct Sample {
  std::vector<Inner> inner;
  std::vector<uint32_t> pair;
  bool loud = false;

  void Describe(Syntax& s) {
    s.List("inner", ";", inner);
    s.LedList(
        "pair", " ", pair, [](Syntax& item, uint32_t& number) { item.Number("", number); },
        Syntax::AtMost{2});
    s.RequireIfStrict(pair.size() != 1, "pair", "expected none or two");
    s.Require(pair.empty() || pair[0] != 0, "pair", "expected no zero");
    s.LenientFlag("loud", "!", loud);
  }
};

std::string ErrorOf(std::string_view text, Mode mode) {
  const auto sample = Decode<Sample>(text, mode);
  if (sample.ok()) return "none";
  return std::to_string(sample.error().offset) + " " + sample.error().ToString();
}

TEST(SdpSyntax, AnErrorNamesTheWayToTheField) {
  EXPECT_EQ(ErrorOf("1,2;3,x", Mode::kStrict).substr(0, 21), "6 inner[1].numbers[1]");
  EXPECT_EQ((SyntaxError{"reason", "", 0}.ToString()), "reason");
  EXPECT_EQ((SyntaxError{"reason", "a[0]", 0}.ToString()), "a[0]: reason");
}

TEST(SdpSyntax, TheFirstErrorStays) {
  EXPECT_EQ(ErrorOf("x;y", Mode::kStrict).substr(0, 21), "0 inner[0].numbers[0]");
}

TEST(SdpSyntax, RequirementsAreErrorsAtTheFieldThatWasDescribedLast) {
  EXPECT_EQ(ErrorOf("1 2 3", Mode::kStrict), "none");
  EXPECT_EQ(ErrorOf("1 2", Mode::kStrict), "2 pair: expected none or two");
  EXPECT_EQ(ErrorOf("1 2", Mode::kLenient), "none");
  EXPECT_EQ(ErrorOf("1 0 3", Mode::kLenient), "4 pair: expected no zero");
}

TEST(SdpSyntax, AListEndsWhereTheGrammarHasNoMore) {
  EXPECT_EQ(ErrorOf("1 2 3 4", Mode::kStrict), "5 nothing more was expected here");
  EXPECT_EQ(Encode(Sample{{{{1}}}, {1, 2, 3}}).error().ToString(),
            "pair: has more items than the grammar allows");
}

TEST(SdpSyntax, LenientWordsAreNoGrammarWhenStrict) {
  EXPECT_TRUE(Decode<Sample>("1!", Mode::kLenient)->loud);
  EXPECT_EQ(ErrorOf("1!", Mode::kStrict), "1 nothing more was expected here");
  EXPECT_EQ(*Encode(Sample{{{{1}}}, {}, true}), "1!");
  EXPECT_EQ(Encode(Sample{{{{1}}}, {}, true}, Mode::kStrict).error().field, "loud");
}

TEST(SdpSyntax, AllListsOfALineTogetherAreBounded) {
  // Two numbers in each of the inner lists: half as many lists are enough.
  std::string text = "1,1";
  for (size_t i = 0; i < Syntax::kMaxItems / 3; ++i) text += ";1,1";
  EXPECT_NE(ErrorOf(text, Mode::kStrict).find("more than 65536 items: split the line"),
            std::string::npos);
}

TEST(SdpSyntax, WordsAreToldOneByOne) {
  std::string all;
  ForEachWord("a|bc|d", [&](size_t index, std::string_view word) {
    all += std::to_string(index) + std::string(word);
    return index < 1;
  });
  EXPECT_EQ(all, "0a1bc");
}

}  // namespace
}  // namespace koeru::sdp
