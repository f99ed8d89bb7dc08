#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintLineSyntax, TheGoodOfferHasNoFindings) {
  EXPECT_EQ(LintOf(GoodOffer()), "");
  EXPECT_EQ(StrictLintOf(GoodOffer()), "");
}

TEST(LintLineSyntax, ALineNeedsALetterAndAnEqualsSign) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:0\r\n", "a=mid:0\r\nhello\r\n")),
            "error 13:1 line-without-type\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", " a=sendrecv")), "error 14:1 line-without-type\n");
  EXPECT_EQ(FirstMessage(OfferWith("a=sendrecv", "a = b")),
            "'a = b' is no line: it needs one small letter and '=' at its start (browsers reject "
            "this)");
}

TEST(LintLineSyntax, ALineTypeMustExist) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "x=1")), "error 14:1 unknown-line-type\n");
}

TEST(LintLineSyntax, EmptyLinesAreErrorsInTheMiddleAndAtTheEnd) {
  EXPECT_EQ(LintOf(OfferWith("t=0 0\r\n", "t=0 0\r\n\r\n")), "error 5:1 empty-line\n");
  EXPECT_EQ(LintOf(GoodOffer() + "\r\n"), "error 37:1 empty-line\n");
}

TEST(LintLineSyntax, LfAloneIsToldOfOnce) {
  std::string text = OfferWith("s=-\r\n", "s=-\n");
  EXPECT_EQ(LintOf(text), "info 3:4 line-ending\n");
  text = Replaced(text, "t=0 0\r\n", "t=0 0\n");
  EXPECT_EQ(LintOf(text), "info 3:4 line-ending\n");
  EXPECT_EQ(FirstMessage(text), "the line ends in LF alone, as do 1 others: end lines in CRLF");
  EXPECT_EQ(StrictLintOf(text), "warning 3:4 line-ending\n");
}

TEST(LintLineSyntax, TheLastLineNeedsAnEnd) {
  std::string text = GoodOffer();
  text.resize(text.size() - 2);
  EXPECT_EQ(LintOf(text), "error 36:17 last-line-unended\n");
}

TEST(LintLineSyntax, ControlCharactersAreFoundWithTheirColumn) {
  EXPECT_EQ(LintOf(OfferWith("s=-", "s=a\rb")), "error 3:4 control-character\nerror 3:4 value\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", std::string("a=x:\0y", 6))),
            "error 14:5 control-character\n");
}

TEST(LintLineSyntax, WebRtcIsAsciiAsFirefoxWantsIt) {
  EXPECT_EQ(LintOf(OfferWith("s=-", "s=caf\xC3\xA9")), "error 3:6 not-ascii\n");
}

TEST(LintLineSyntax, OtherSdpIsUtf8UnlessItNamesACharset) {
  const std::string plain =
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=caf\xC3\xA9\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
  EXPECT_EQ(LintOf(plain), "");
  const std::string latin = Replaced(plain, "\xC3\xA9", "\xE9");
  EXPECT_EQ(LintOf(latin), "warning 3:6 not-utf8\n");
  EXPECT_EQ(StrictLintOf(latin), "error 3:6 not-utf8\n");
  EXPECT_EQ(LintOf(latin + "a=charset:ISO-8859-1\r\n"), "");
}

TEST(LintLineSyntax, VeryLongLinesAreMentioned) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=x:" + std::string(17000, 'x'))),
            "info 14:1 long-line\n");
}

}  // namespace
}  // namespace koeru::sdp
