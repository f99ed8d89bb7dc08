#include "core/sdp/decoder.h"

#include <gtest/gtest.h>

#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/lines/text_lines.h"

namespace koeru::sdp {
namespace {

TEST(SdpDecoder, TextsAreViewsOfWhatWasDecoded) {
  const std::string_view text = "111 opus/48000/2";
  const auto map = Decode<Rtpmap>(text, Mode::kStrict);
  EXPECT_EQ(map->encoding_name.data(), text.data() + 4);
  EXPECT_EQ(map->encoding_parameters, "2");
}

TEST(SdpDecoder, ErrorsTellTheFieldAndTheOffset) {
  const SyntaxError error = Decode<Rtpmap>("111 opus/x").error();
  EXPECT_EQ(error.field, "clockRate");
  EXPECT_EQ(error.offset, 9u);
  EXPECT_EQ(error.reason, "expected a number from 1 to 4294967295");
}

TEST(SdpDecoder, ATruncationIsRightOnlyWhereTheGrammarMayEnd) {
  const std::string_view text = "111 opus/48000/2";
  for (size_t size = 0; size < text.size(); ++size) {
    const auto map = Decode<Rtpmap>(text.substr(0, size), Mode::kStrict);
    EXPECT_EQ(map.ok(), size >= 10 && size <= 14) << size;
    if (!map.ok()) {
      EXPECT_LE(map.error().offset, size);
    }
  }
}

TEST(SdpDecoder, LenientTakesSpacesCaseAndLeadingZeros) {
  EXPECT_EQ(Decode<Rtpmap>(" \t111   opus/048000 ")->clock_rate, 48000u);
  EXPECT_FALSE(Decode<Rtpmap>("111  opus/48000", Mode::kStrict).ok());
  EXPECT_FALSE(Decode<Rtpmap>("111 opus/48000 ", Mode::kStrict).ok());
  EXPECT_FALSE(Decode<Rtpmap>("0111 opus/48000", Mode::kStrict).ok());
  EXPECT_EQ(Decode<Rtpmap>("0000000000000000000000111 a/1")->payload_type, 111);
  EXPECT_EQ(Decode<Orientation>("Portrait")->orient, Orientation::Orient::kPortrait);
  EXPECT_FALSE(Decode<Orientation>("Portrait", Mode::kStrict).ok());
}

TEST(SdpDecoder, FreeTextKeepsItsSpacesInBothModes) {
  EXPECT_EQ(Decode<SessionName>("  a  ")->text, "  a  ");
  EXPECT_EQ(Decode<SessionName>(" ")->text, " ");
  EXPECT_EQ(Decode<Tool>(" a ")->text, "a");
  EXPECT_EQ(Decode<Tool>(" a ", Mode::kStrict)->text, " a ");
}

TEST(SdpDecoder, TheFirstParametersSpacingIsKeptInBothModes) {
  for (const Mode mode : {Mode::kStrict, Mode::kLenient}) {
    const auto fmtp = Decode<Fmtp>("96   x=1; y", mode);
    ASSERT_TRUE(fmtp.ok());
    EXPECT_EQ(fmtp->parameters[0].spacing, "  ");
    EXPECT_EQ(fmtp->parameters[0].name, "x");
    EXPECT_EQ(fmtp->parameters[1].spacing, " ");
  }
}

TEST(SdpDecoder, NumbersStopAtTheirBounds) {
  EXPECT_FALSE(Decode<Quality>("4294967296").ok());
  EXPECT_FALSE(Decode<Quality>("99999999999999999999999").ok());
  EXPECT_FALSE(Decode<Quality>("18446744073709551616").ok());
  EXPECT_EQ(Decode<Quality>("4294967295")->quality, 4294967295u);
}

TEST(SdpDecoder, ItemsOfOneLineAreBounded) {
  const auto fmtp = Decode<Fmtp>("96 " + std::string(10u << 20, ';'));
  ASSERT_FALSE(fmtp.ok());
  EXPECT_EQ(fmtp.error().reason, "more than 65536 items: split the line");
}

}  // namespace
}  // namespace koeru::sdp
