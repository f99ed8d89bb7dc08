#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintMids, EachSectionOfWebRtcHasAMid) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:1\r\n", "")),
            "error 5:18 group-mid-unknown\nerror 18:1 mid-missing\n");
  EXPECT_EQ(LintOf("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                   "m=audio 9 RTP/AVP 0\r\n"),
            "");
}

TEST(LintMids, NoTwoSectionsHaveOneMid) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:1", "a=mid:0")),
            "error 5:18 group-mid-unknown\nerror 23:7 mid-duplicate\n");
}

TEST(LintMids, NoSectionHasTwoMids) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:1", "a=mid:1\r\na=mid:9")), "error 24:7 mid-twice\n");
}

TEST(LintMids, BundleNamesAllSections) {
  EXPECT_EQ(LintOf(OfferWith("BUNDLE 0 1 2", "BUNDLE 0 2")), "warning 23:7 mid-not-in-bundle\n");
  EXPECT_EQ(LintOf(OfferWith("a=group:BUNDLE 0 1 2\r\n", "")), "info 1:1 no-bundle\n");
}

TEST(LintMids, GroupsNameSectionsThatAreThere) {
  EXPECT_EQ(LintOf(OfferWith("BUNDLE 0 1 2", "BUNDLE 0 1 2 9")), "error 5:22 group-mid-unknown\n");
  EXPECT_EQ(LintOf(OfferWith("a=group:BUNDLE", "a=group:LS 0 x\r\na=group:BUNDLE")),
            "error 5:14 group-mid-unknown\n");
}

TEST(LintMids, BundleNamesEachOnce) {
  EXPECT_EQ(LintOf(OfferWith("BUNDLE 0 1 2", "BUNDLE 0 1 2 0")), "error 5:22 bundle-mid-twice\n");
  EXPECT_EQ(LintOf(OfferWith("a=group:BUNDLE", "a=group:BUNDLE 0\r\na=group:BUNDLE")),
            "error 6:16 bundle-mid-twice\n");
}

TEST(LintMids, TheFirstOfABundleIsNotRejected) {
  EXPECT_EQ(LintOf(OfferWith("m=audio 9", "m=audio 0")), "error 7:1 bundle-tag-rejected\n");
  EXPECT_EQ(LintOf(OfferWith("m=video 9", "m=video 0")), "info 18:1 bundle-rejected-section\n");
}

TEST(LintMids, BundleOnlyGoesWithPortZero) {
  EXPECT_EQ(LintOf(OfferWith("a=mid:1", "a=mid:1\r\na=bundle-only")),
            "warning 24:3 bundle-only-port\n");
  EXPECT_EQ(
      LintOf(Replaced(OfferWith("a=mid:1", "a=mid:1\r\na=bundle-only"), "m=video 9", "m=video 0")),
      "");
}

}  // namespace
}  // namespace koeru::sdp
