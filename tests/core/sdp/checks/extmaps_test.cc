#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintExtmaps, IdsFitInTheHeader) {
  EXPECT_EQ(LintOf(OfferWith("a=extmap:1 ", "a=extmap:0 ")),
            "warning 13:10 value-form\nerror 13:10 extmap-id-range\n");
  EXPECT_EQ(LintOf(OfferWith("a=extmap:1 ", "a=extmap:256 ")),
            "warning 13:10 value-form\nerror 13:10 extmap-id-range\n");
  EXPECT_EQ(LintOf(OfferWith("a=extmap:1 ", "a=extmap:14 ")), "");
  EXPECT_EQ(LintOf(OfferWith("a=extmap:1 ", "a=extmap:15 ")), "error 13:10 extmap-two-byte\n");
}

TEST(LintExtmaps, AnIdAndAUriStandOnceInASection) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=extmap:1 urn:x")), "error 14:10 extmap-id-twice\n");
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid")),
            "error 14:12 extmap-uri-twice\n");
}

TEST(LintExtmaps, Rfc6904_EncryptStandsForSeveral) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv",
                             "a=extmap:2 urn:ietf:params:rtp-hdrext:encrypt urn:a\r\n"
                             "a=extmap:3 urn:ietf:params:rtp-hdrext:encrypt urn:b")),
            "");
}

TEST(LintExtmaps, ABundleAgreesOnIds) {
  const std::string text =
      OfferWith("a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:1 urn:x");
  EXPECT_EQ(LintOf(text), "error 24:10 bundle-extmap-conflict\n");
  EXPECT_EQ(LintOf(Replaced(text, "a=group:BUNDLE 0 1 2\r\n", "")), "info 1:1 no-bundle\n");
}

}  // namespace
}  // namespace koeru::sdp
