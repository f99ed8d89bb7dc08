#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintIce, EachSectionHasCredentials) {
  EXPECT_EQ(LintOf(OfferWith("a=ice-ufrag:abcd\r\n", "")), "error 7:1 ice-credentials-missing\n");
  EXPECT_EQ(FirstMessage(OfferWith("a=ice-pwd:0123456789012345678901\r\n", "")),
            "the section has no a=ice-pwd, and the session neither: add it (browsers reject this)");
}

TEST(LintIce, TheSessionsCredentialsAreForAllSections) {
  EXPECT_EQ(LintOf(Replaced(OfferWithoutAny("a=ice-ufrag:abcd\r\n"), "m=audio",
                            "a=ice-ufrag:abcd\r\nm=audio")),
            "");
}

TEST(LintIce, RejectedSectionsNeedNone) {
  EXPECT_EQ(LintOf(Replaced(OfferWithoutAny("a=ice-ufrag:abcd\r\n"), "m=", "m=")),
            "error 7:1 ice-credentials-missing\nerror 17:1 ice-credentials-missing\n"
            "error 28:1 ice-credentials-missing\n");
  EXPECT_EQ(LintOf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
                   "m=video 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n"),
            "");
}

TEST(LintIce, AnAnswersBundleHasOneUfrag) {
  const std::string offer = OfferWith("a=ice-ufrag:abcd", "a=ice-ufrag:efgh");
  EXPECT_EQ(LintOf(offer), "");
  std::string answer = offer;
  while (answer.find("actpass") != std::string::npos)
    answer = Replaced(answer, "actpass", "active");
  EXPECT_EQ(LintOf(answer, DescriptionType::kAnswer),
            "warning 20:13 bundle-ice-conflict\nwarning 32:13 bundle-ice-conflict\n");
}

TEST(LintIce, Rfc8829_7_1_WhatSaysActpassIsAnOfferWithoutItsTypeToo) {
  const std::string offer = OfferWith("a=ice-ufrag:abcd", "a=ice-ufrag:efgh");
  EXPECT_EQ(LintOf(offer, DescriptionType::kUnknown), "");
  EXPECT_EQ(LintOf(Replaced(offer, "a=setup:actpass", "a=setup:active"), DescriptionType::kUnknown),
            "");
  const std::string answer =
      Replaced(offer, "2\r\na=fingerprint", "2\r\na=setup:active\r\na=fingerprint");
  std::string without = answer;
  while (without.find("a=setup:actpass\r\n") != std::string::npos)
    without = Replaced(without, "a=setup:actpass\r\n", "");
  EXPECT_EQ(LintOf(without, DescriptionType::kUnknown),
            "warning 20:13 bundle-ice-conflict\nwarning 31:13 bundle-ice-conflict\n");
}

TEST(LintIce, CandidatesHaveAKnownTypeAndStandBeforeTheirEnd) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=candidate:1 1 udp 1 192.0.2.1 9 typ other")),
            "error 14:39 candidate-type\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv",
                             "a=end-of-candidates\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host")),
            "warning 15:1 candidate-after-end\n");
}

TEST(LintIce, Rfc9143_7_3_ABundledSectionOfAnAnswerNeedsNoTransportOfItsOwn) {
  constexpr std::string_view kLines[] = {"a=ice-ufrag:abcd\r\n", "a=rtcp-mux\r\n"};
  std::string text(GoodOffer());
  for (const std::string_view line : kLines) {
    const size_t first = text.find(line);
    for (size_t at; (at = text.find(line, first + 1)) != std::string::npos;) {
      text.erase(at, line.size());
    }
  }
  EXPECT_EQ(LintOf(text, DescriptionType::kUnknown), "");
  EXPECT_NE(LintOf(text, DescriptionType::kOffer), "");
}

}  // namespace
}  // namespace koeru::sdp
