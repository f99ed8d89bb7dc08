#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintSources, EachHasACname) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=ssrc:7 msid:a b\r\na=ssrc:7 cname:x\r\n")), "");
  const std::string text = OfferWithVideoLines("a=ssrc:7 msid:a b\r\na=ssrc:7 label:c\r\n");
  EXPECT_EQ(LintOf(text), "warning 30:8 ssrc-cname-missing\n");
  EXPECT_EQ(FirstMessage(text), "the ssrc 7 has no cname: add a=ssrc:7 cname:");
}

TEST(LintSources, EachIsInOneSection) {
  const std::string text = OfferWithVideoLines("a=ssrc:7 cname:x\r\n");
  EXPECT_EQ(LintOf(Replaced(text, "a=sendrecv", "a=ssrc:7 cname:x")),
            "error 30:8 ssrc-two-sections\n");
}

TEST(LintSources, GroupsAreOfSourcesThatAreThere) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=ssrc:7 cname:x\r\na=ssrc-group:FID 7 8\r\n")),
            "warning 31:1 ssrc-group-member\n");
}

TEST(LintSources, GroupsHaveTheSizeThatTheirMeaningAsksFor) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=ssrc:7 cname:x\r\na=ssrc-group:FID 7\r\n")),
            "error 31:14 ssrc-group-size\n");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=ssrc-group:SIM\r\n")), "error 30:14 ssrc-group-size\n");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=ssrc:7 cname:x\r\na=ssrc-group:SIM 7\r\n")), "");
}

}  // namespace
}  // namespace koeru::sdp
