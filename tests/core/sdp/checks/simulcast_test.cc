#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintSimulcast, TheRidsThatItNamesAreDeclared) {
  EXPECT_EQ(
      LintOf(OfferWithVideoLines("a=rid:1 send\r\na=rid:2 send\r\na=simulcast:send 1;~2\r\n")), "");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 send\r\na=simulcast:send 1;2\r\n")),
            "error 31:20 rid-undeclared\n");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=simulcast:send 1\r\n")), "error 30:18 rid-undeclared\n");
}

TEST(LintSimulcast, DirectionsAreTheSame) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 recv\r\na=simulcast:send 1\r\n")),
            "error 31:18 rid-direction\n");
}

TEST(LintSimulcast, NamesStandOnce) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 send\r\na=rid:1 send\r\n")),
            "warning 31:7 rid-twice\n");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 send\r\na=simulcast:send 1;1\r\n")),
            "warning 31:20 simulcast-id-twice\n");
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 send\r\na=rid:2 recv\r\na=simulcast:send 1\r\n"
                                       "a=simulcast:recv 2\r\n")),
            "error 33:1 simulcast-twice\n");
}

TEST(LintSimulcast, PayloadTypesOfARidAreListed) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=rid:1 send pt=96,7;max-width=1\r\n")),
            "warning 30:20 rid-format-unknown\n");
}

TEST(LintSimulcast, Draft03NamedPayloadTypesWhichAreNoRids) {
  EXPECT_EQ(LintOf(OfferWithVideoLines("a=simulcast: send pt=96;97\r\n")),
            "error 30:13 value-spacing\n");
}

}  // namespace
}  // namespace koeru::sdp
