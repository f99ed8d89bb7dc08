#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintLineOrder, TheLinesThatMustBeThere) {
  EXPECT_EQ(LintOf(OfferWith("v=0\r\n", "")), "error 1:1 missing-line\n");
  EXPECT_EQ(LintOf(OfferWith("t=0 0\r\n", "")), "error 1:1 missing-line\n");
  EXPECT_EQ(FirstMessage(OfferWith("t=0 0\r\n", "")),
            "there is no t= line: add t=0 0 (browsers reject this)");
  EXPECT_EQ(LintOf(""),
            "error 1:1 missing-line\nerror 1:1 missing-line\nerror 1:1 missing-line\n"
            "error 1:1 missing-line\n");
}

TEST(LintLineOrder, TheSessionsLinesInOrder) {
  EXPECT_EQ(LintOf(OfferWith("s=-\r\nt=0 0\r\n", "t=0 0\r\ns=-\r\n")),
            "error 4:1 session-line-order\n");
  EXPECT_EQ(FirstMessage(OfferWith("s=-\r\nt=0 0\r\n", "t=0 0\r\ns=-\r\n")),
            "'s=' stands behind 't=': the order is v= o= s= i= u= e= p= c= b= t= r= z= k= a= "
            "(Chromium rejects this)");
}

TEST(LintLineOrder, RepeatTimesFollowTheirTiming) {
  EXPECT_EQ(LintOf(OfferWith("t=0 0\r\n", "t=0 0\r\nr=7d 1h 0\r\nt=3724394400 0\r\nr=7d 1h 0\r\n")),
            "");
}

TEST(LintLineOrder, ASectionsLinesInOrder) {
  const std::string text = OfferWith("a=mid:0\r\n", "a=mid:0\r\nb=AS:300\r\n");
  EXPECT_EQ(LintOf(text), "warning 13:1 media-line-order\n");
  EXPECT_EQ(StrictLintOf(text), "error 13:1 media-line-order\n");
}

TEST(LintLineOrder, LinesThatStandOnce) {
  EXPECT_EQ(LintOf(OfferWith("s=-\r\n", "s=-\r\ns=-\r\n")), "error 4:1 line-twice\n");
  EXPECT_EQ(LintOf(OfferWith("t=0 0\r\n", "c=IN IP4 0.0.0.0\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n")),
            "error 5:1 line-twice\n");
  // RFC 8866 section 5.7: several c= lines in a media section are several addresses.
  EXPECT_EQ(LintOf(OfferWith("c=IN IP4 0.0.0.0\r\n", "c=IN IP4 0.0.0.0\r\nc=IN IP4 0.0.0.1\r\n")),
            "");
}

TEST(LintLineOrder, LinesOfTheSessionInASection) {
  EXPECT_EQ(LintOf(OfferWith("c=IN", "t=0 0\r\nc=IN")), "warning 8:1 line-level\n");
}

}  // namespace
}  // namespace koeru::sdp
