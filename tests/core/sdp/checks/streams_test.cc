#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintStreams, OneDirection) {
  const std::string text = OfferWith("a=sendrecv", "a=inactive\r\na=sendrecv");
  EXPECT_EQ(LintOf(text), "warning 15:3 direction-twice\n");
  EXPECT_EQ(FirstMessage(text), "a=sendrecv contradicts a=inactive above: keep one of them");
  EXPECT_EQ(StrictLintOf(text), "error 15:3 direction-twice\n");
}

TEST(LintStreams, BandwidthsOfAKnownTypeEachOnce) {
  const auto with = [](std::string_view lines) {
    return LintOf(OfferWith("c=IN IP4 0.0.0.0\r\n", "c=IN IP4 0.0.0.0\r\n" + std::string(lines)));
  };
  EXPECT_EQ(with("b=AS:1\r\nb=TIAS:1000\r\nb=RS:0\r\nb=RR:0\r\n"), "");
  EXPECT_EQ(with("b=AS:1\r\nb=AS:2\r\n"), "warning 10:3 bandwidth-twice\n");
  EXPECT_EQ(with("b=FAST:1\r\n"), "info 9:3 bandwidth-unknown\n");
  EXPECT_EQ(with("b=AS:0\r\n"), "warning 9:3 bandwidth-zero\n");
}

}  // namespace
}  // namespace koeru::sdp
