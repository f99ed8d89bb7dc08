#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintValues, AValueThatNobodyUnderstandsIsAnError) {
  const std::string text = OfferWith("a=rtcp-fb:96 nack", "a=rtcp-fb:96");
  EXPECT_EQ(LintOf(text), "error 27:13 value\n");
  EXPECT_EQ(FirstMessage(text), "the value of rtcp-fb cannot be read: expected a space");
}

TEST(LintValues, TheRfcIsTheOneOfTheLine) {
  const std::vector<Finding> findings =
      Lint(Document::Parse(OfferWith("a=mid:0", "a=mid:")), Mode::kLenient);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.back().rule, "value");
  EXPECT_EQ(findings.back().rfc, "RFC 5888 §4");
  EXPECT_EQ(findings.back().section, 0u);
}

TEST(LintValues, SpacesTooManyAreWhatChromiumRejects) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:0", "a=mid:0 ")), "error 12:8 value-spacing\n");
  EXPECT_EQ(LintOf(OfferWith("m=audio 9", "m=audio  9")), "error 7:9 value-spacing\n");
  EXPECT_EQ(LintOf(OfferWith("BUNDLE 0 1 2", "BUNDLE 0 1 2 ")), "error 5:22 value-spacing\n");
}

TEST(LintValues, OddSpellingsAreWarningsUnlessStrict) {
  const std::string text = OfferWith("a=setup:actpass", "a=setup:ACTPASS");
  EXPECT_EQ(LintOf(text), "warning 11:9 value-form\n");
  EXPECT_EQ(StrictLintOf(text), "error 11:9 value-form\n");
}

TEST(LintValues, OnlyVersionZeroExists) {
  EXPECT_EQ(LintOf(OfferWith("v=0", "v=1")), "error 1:3 version-number\n");
}

TEST(LintValues, HostileNamesAreCutAndEscaped) {
  const std::string text = OfferWith("a=sendrecv", "\x1b[31m" + std::string(99, 'x'));
  EXPECT_EQ(FirstMessage(text).substr(0, 49), "'\\x1b[31mxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' ");
}

}  // namespace
}  // namespace koeru::sdp
