#include "core/sdp/encoder.h"

#include <gtest/gtest.h>

#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/attributes/tls_id.h"
#include "core/sdp/decoder.h"
#include "core/sdp/lines/text_lines.h"

namespace koeru::sdp {
namespace {

TEST(SdpEncoder, WritesWhatADecoderReads) {
  EXPECT_EQ(*Encode(Rtpmap{111, "opus", 48000, "2"}), "111 opus/48000/2");
  EXPECT_EQ(*Encode(Rtpmap{0, "PCMU", 8000, {}}, Mode::kStrict), "0 PCMU/8000");
}

TEST(SdpEncoder, RefusesWhatWouldNotComeBackTheSame) {
  EXPECT_EQ(Encode(Rtpmap{200, "a", 1, {}}).error().ToString(),
            "payloadType: is a number from 0 to 127");
  EXPECT_EQ(Encode(Rtpmap{1, "a/b", 1, {}}).error().field, "encodingName");
  EXPECT_EQ(Encode(Rtpmap{1, "a/b", 1, {}}).error().offset, 1u);
  EXPECT_EQ(Encode(Rtpmap{1, "", 1, {}}).error().reason.substr(0, 19), "is empty: it is a t");
  EXPECT_EQ(Encode(Rtpmap{1, "a", 0, {}}).error().field, "clockRate");
  EXPECT_EQ(Encode(TlsId{"short"}).error().reason, "has 5 characters instead of 20 to 255");
  EXPECT_FALSE(Encode(Tool{{"a\r\nb"}}).ok());
}

TEST(SdpEncoder, LenientRefusesSpacesThatALenientReaderSkips) {
  EXPECT_EQ(Encode(Tool{{"a "}}).error().reason, "ends with a space: leave it out");
  EXPECT_EQ(Encode(Tool{{" a"}}).error().reason, "begins with a space: leave it out");
  // RFC 8866 section 9: a byte-string has spaces like other characters.
  EXPECT_EQ(Encode(Tool{{" a "}}, Mode::kStrict).value(), " a ");
  EXPECT_EQ(Encode(SessionName{{" a "}}).value(), " a ");
}

TEST(SdpEncoder, SpacesInFrontOfAParameterAreItsSpacing) {
  EXPECT_EQ(Encode(Fmtp{"96", {{"  ", "x", "1"}, {" ", "y", {}}}}).value(), "96   x=1; y");
  EXPECT_EQ(Encode(Fmtp{"96", {{"", "x", "1"}, {"", " y", {}}}}).error().field,
            "parameters[1].name");
  EXPECT_FALSE(Encode(Fmtp{"96", {{"", "x", "1 "}}}).ok());
  EXPECT_EQ(Encode(Fmtp{"96", {{"", "x", "1 "}, {"", "y", {}}}}).value(), "96 x=1 ;y");
}

TEST(SdpEncoder, RefusesEmptyListsThatNeedAnItem) {
  EXPECT_EQ(Encode(Fmtp{"96", {}}).error().ToString(),
            "parameters: is empty: it needs one at least");
  EXPECT_EQ(Encode(Fmtp{"96", {{"", "", {}}}}).error().field, "parameters");
}

TEST(SdpEncoder, TheFirstErrorStaysAndNothingMoreIsWritten) {
  EXPECT_EQ(Encode(Rtpmap{200, "a b", 0, {}}).error().field, "payloadType");
}

TEST(SdpEncoder, StrictWritesOnlyTheRfcsGrammar) {
  EXPECT_TRUE(Encode(Rtpmap{1, "a", 1, "stereo"}).ok());
  EXPECT_EQ(Encode(Rtpmap{1, "a", 1, "stereo"}, Mode::kStrict).error().field, "encodingParameters");
}

}  // namespace
}  // namespace koeru::sdp
