#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintAttributePlaces, AttributesHaveALevel) {
  EXPECT_EQ(LintOf(OfferWith("m=audio", "a=mid:9\r\nm=audio")), "warning 7:3 attribute-level\n");
  EXPECT_EQ(LintOf(OfferWith("a=mid:0", "a=mid:0\r\na=ice-lite")),
            "warning 13:3 attribute-level\n");
  EXPECT_EQ(FirstMessage(OfferWith("a=mid:0", "a=mid:0\r\na=ice-lite")),
            "a=ice-lite has no meaning in a media section: move it or remove it");
}

TEST(LintAttributePlaces, AttributesThatStandOnce) {
  const std::string text = OfferWith("a=sendrecv", "a=rtcp-mux");
  EXPECT_EQ(LintOf(text), "warning 15:3 attribute-twice\n");
  EXPECT_EQ(StrictLintOf(text), "error 15:3 attribute-twice\n");
}

TEST(LintAttributePlaces, NamesAreCaseSensitive) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=SendRecv")), "warning 14:3 attribute-case\n");
  EXPECT_EQ(FirstMessage(OfferWith("a=sendrecv", "a=SendRecv")),
            "a='SendRecv' is not known, a=sendrecv is: names of attributes are case-sensitive");
}

TEST(LintAttributePlaces, UnknownAttributesAreFine) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=x-vendor:1\r\na=x-vendor:1\r\na=m=:1")), "");
}

}  // namespace
}  // namespace koeru::sdp
