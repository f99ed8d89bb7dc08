#include "core/sdp/text_form.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(SdpTextForm, Rfc8866_9_Terminals) {
  EXPECT_EQ(kToken.Measure("opus/48000"), 4u);
  EXPECT_EQ(kToken.Measure("!#$%&'*+-.^_`{|}~"), 17u);
  EXPECT_EQ(kToken.Measure("\""), 0u);
  EXPECT_EQ(kNonSpace.Measure("\xC3\xA9(x)\t"), 5u);
  EXPECT_EQ(kNonSpace.Measure("a\x7F"), 1u);
  EXPECT_EQ(kByteString.Measure("a b\tc\nd"), 5u);
  EXPECT_EQ(kByteString.Measure(std::string_view("a\0b", 3)), 1u);
}

TEST(SdpTextForm, AFormMayBeNarrowerWhenStrict) {
  EXPECT_EQ(kTokenOrNonSpace.In(false).Measure("a,b"), 3u);
  EXPECT_EQ(kTokenOrNonSpace.In(true).Measure("a,b"), 1u);
  EXPECT_EQ(kToken.In(true).Measure("a,b"), 1u);
  EXPECT_EQ(kFreeText.In(false).low, 0u);
  EXPECT_EQ(kFreeText.In(true).low, 1u);
}

TEST(SdpTextForm, AParameterEndsAtASemicolonOutsideOfQuotationMarks) {
  EXPECT_EQ(MeasureParameterValue("a;b"), 1u);
  EXPECT_EQ(MeasureParameterValue("\"a;b\";c"), 5u);
  EXPECT_EQ(MeasureParameterValue("x\"a;b\"y;c"), 7u);
  EXPECT_EQ(MeasureParameterValue("\"a;b"), 2u);
  EXPECT_EQ(MeasureParameterValue("a\rb"), 1u);
  EXPECT_EQ(MeasureParameterValue(""), 0u);
}

TEST(SdpTextForm, Rfc8866_9_Times) {
  EXPECT_EQ(MeasureTypedTime("7d"), 2u);
  EXPECT_EQ(MeasureTypedTime("7D"), 1u);
  EXPECT_EQ(MeasureTypedTime("d"), 0u);
  EXPECT_EQ(MeasureSignedTypedTime("-1h"), 3u);
  EXPECT_EQ(MeasureSignedTypedTime("-"), 0u);
  EXPECT_EQ(MeasureRepeatInterval("07d"), 0u);
  EXPECT_EQ(MeasureTime("3724394400"), 10u);
  EXPECT_EQ(MeasureTime("372439440"), 0u);
}

TEST(SdpTextForm, Rfc8866_9_RealNumbers) {
  EXPECT_EQ(MeasureReal("29.97 "), 5u);
  EXPECT_EQ(MeasureReal("29."), 0u);
  EXPECT_EQ(MeasureReal(".5"), 0u);
  for (const std::string_view number : {"1", "20", "0.5", "10.05", "29.97"}) {
    EXPECT_EQ(MeasureRealStrictly(number), number.size()) << number;
  }
  for (const std::string_view number : {"0", "01", "0.0", "1.0", "00.5"}) {
    EXPECT_EQ(MeasureReal(number), number.size()) << number;
    EXPECT_EQ(MeasureRealStrictly(number), 0u) << number;
  }
}

TEST(SdpTextForm, Rfc8122_5_FingerprintsEndBehindAPair) {
  EXPECT_EQ(MeasureFingerprint("4a:AD:9"), 5u);
  EXPECT_EQ(MeasureFingerprint("4a:"), 2u);
  EXPECT_EQ(MeasureFingerprint("4aAD"), 2u);
  EXPECT_EQ(MeasureFingerprint("4"), 0u);
  EXPECT_EQ(MeasureUpperFingerprint("4A:ad"), 2u);
  EXPECT_EQ(MeasureUpperFingerprint("4a"), 0u);
}

TEST(SdpTextForm, Rfc6236_3_1_ImageValues) {
  EXPECT_EQ(MeasureBracketed("[1,2],y"), 5u);
  EXPECT_EQ(MeasureBracketed("0.6]"), 3u);
  EXPECT_EQ(MeasureBracketed("[1 2]"), 0u);
  EXPECT_EQ(MeasureBracketed("~["), 1u);
  EXPECT_EQ(MeasureBracketed("[[1],2"), 0u);
  EXPECT_EQ(MeasureBracketed("[[1],2][,3"), 7u);
  EXPECT_EQ(MeasureImageValue("[480:16:800]"), 12u);
  EXPECT_EQ(MeasureImageValue("[]"), 0u);
  EXPECT_EQ(MeasureImageValue("[1"), 0u);
  EXPECT_EQ(MeasureImageValue("12x"), 2u);
}

TEST(SdpTextForm, Rfc8864_5_1_OptionValues) {
  EXPECT_EQ(MeasureOptionValue("\"a b%09\";"), 9u - 1u);
  EXPECT_EQ(MeasureOptionValue("\"50%\""), 0u);
  EXPECT_EQ(MeasureOptionValue("\"a"), 0u);
  EXPECT_EQ(MeasureOptionValue("false;"), 5u);
}

TEST(SdpTextForm, Rfc8866_9_AddressesAndNumbers) {
  EXPECT_EQ(MeasureEmail("a@b"), 3u);
  EXPECT_EQ(MeasureEmail("a@b (c)"), 7u);
  EXPECT_EQ(MeasureEmail("c <a@b>"), 7u);
  EXPECT_EQ(MeasureEmail("c<a@b>"), 0u);
  EXPECT_EQ(MeasureEmail("a@"), 0u);
  EXPECT_EQ(MeasurePhone("+1 23 (x)"), 9u);
  EXPECT_EQ(MeasurePhone("x<+1 23>"), 8u);
  EXPECT_EQ(MeasurePhone("+"), 0u);
  EXPECT_EQ(MeasurePhone("1"), 0u);
}

TEST(SdpTextForm, TheRest) {
  EXPECT_EQ(MeasureDigitsOrStar("*1"), 1u);
  EXPECT_EQ(MeasureDigitsOrStar("96 "), 2u);
  EXPECT_EQ(MeasurePositive("2"), 1u);
  EXPECT_EQ(MeasurePositive("0"), 0u);
  EXPECT_EQ(MeasureProtocol("RTP/AVP 0"), 7u);
  EXPECT_EQ(MeasureProtocol("RTP//AVP"), 3u);
  EXPECT_EQ(MeasureListed("b", "a|b|c"), 1u);
  EXPECT_EQ(MeasureListed("", "a|b|c"), 0u);
  EXPECT_EQ(MeasureListed("bc", "a|b|c"), 0u);
}

}  // namespace
}  // namespace koeru::sdp
