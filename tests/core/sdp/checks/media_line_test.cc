#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintMediaLine, TheMediumIsARegisteredOne) {
  EXPECT_EQ(LintOf(OfferWith("m=audio", "m=sound")), "error 7:3 media-unknown\n");
}

TEST(LintMediaLine, TheProtocolIsOneThatBrowsersKnow) {
  EXPECT_EQ(LintOf(OfferWith("UDP/TLS/RTP/SAVPF", "FOO/BAR")), "error 7:11 protocol-unknown\n");
}

TEST(LintMediaLine, DtlsIsNamedByTheProtocol) {
  EXPECT_EQ(LintOf(OfferWith("UDP/TLS/RTP/SAVPF", "RTP/AVP")), "warning 7:11 protocol-insecure\n");
}

TEST(LintMediaLine, AConnectionLineIsThere) {
  EXPECT_EQ(LintOf(OfferWith("c=IN IP4 0.0.0.0\r\n", "")), "error 7:1 connection-missing\n");
  EXPECT_EQ(LintOf(Replaced(OfferWith("c=IN IP4 0.0.0.0\r\n", ""), "t=0 0\r\n",
                            "c=IN IP4 0.0.0.0\r\nt=0 0\r\n")),
            "");
}

}  // namespace
}  // namespace koeru::sdp
