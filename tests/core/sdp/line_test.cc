#include "core/sdp/line.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

Line LineOf(std::string_view text) { return {text, LineEnding::kCrLf}; }

TEST(SdpLine, HasATypeAndAValue) {
  EXPECT_EQ(LineOf("s=A seminar").type(), 's');
  EXPECT_EQ(LineOf("s=A seminar").value(), "A seminar");
  EXPECT_EQ(LineOf("s=").value(), "");
  EXPECT_EQ(LineOf("a=x=y").value(), "x=y");
}

TEST(SdpLine, WithoutALetterAndEqualsSignHasNone) {
  for (const std::string_view text : {"", "s", "S=x", "=x", " s=x", "ss=x", "1=x"}) {
    EXPECT_EQ(LineOf(text).type(), '\0') << text;
    EXPECT_EQ(LineOf(text).value(), "") << text;
    EXPECT_EQ(LineOf(text).text(), text);
  }
}

TEST(SdpLine, TellsAnEmptyAttributeValueFromNone) {
  EXPECT_EQ(LineOf("a=sendrecv").attribute(), (Attribute{"sendrecv", std::nullopt}));
  EXPECT_EQ(LineOf("a=mid:").attribute(), (Attribute{"mid", ""}));
  EXPECT_EQ(LineOf("a=rtcp-fb:96 x:y").attribute(), (Attribute{"rtcp-fb", "96 x:y"}));
  EXPECT_EQ(LineOf("a=").attribute(), (Attribute{"", std::nullopt}));
  EXPECT_EQ(LineOf("b=AS:128").attribute(), std::nullopt);
}

}  // namespace
}  // namespace koeru::sdp
