#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

using ::testing::HasSubstr;

Output Decode(std::initializer_list<std::string_view> fields) {
  return Call(koeru_sdp_decode, JoinFields(fields));
}

Output Encode(std::initializer_list<std::string_view> fields) {
  return Call(koeru_sdp_encode, JoinFields(fields));
}

TEST(KoeruSdpDecode, GivesAnObjectForEachLine) {
  const Output lines =
      Decode({"strict", "a=mid:0", "a=x-vendor:1", "a=rtpmap:96 VP8", "a=rtcp-mux", ""});
  EXPECT_TRUE(lines.ok);
  EXPECT_EQ(lines.bytes,
            R"([{"value":"0"},{"unknown":true},)"
            R"({"error":{"reason":"expected '/'","offset":15}},{"value":true},{"unknown":true}])");
}

TEST(KoeruSdpDecode, ErrorsNameTheField) {
  EXPECT_EQ(
      Decode({"strict", "m=audio 9 RTP/AVP 0 a,b", "m=audio x"}).bytes,
      R"([{"error":{"reason":"nothing more was expected here","offset":21}},)"
      R"({"error":{"reason":"expected a number from 0 to 65535","field":"port","offset":8}}])");
  EXPECT_THAT(Decode({"strict", "a=fmtp:96 a=b", "a=content:a,"}).bytes,
              HasSubstr(R"("field":"[1]","offset":12)"));
}

TEST(KoeruSdpDecode, LenientIsEverythingButStrict) {
  EXPECT_EQ(Decode({"lenient", "a=mid: 0 "}).bytes, R"([{"value":"0"}])");
  EXPECT_EQ(Decode({"", "a=mid: 0 "}).bytes, R"([{"value":"0"}])");
  EXPECT_THAT(Decode({"strict", "a=mid: 0 "}).bytes, HasSubstr("error"));
}

TEST(KoeruSdpDecode, NoLinesAreAnEmptyArrayAndNoModeIsAnError) {
  EXPECT_EQ(Decode({"strict"}).bytes, "[]");
  EXPECT_FALSE(Decode({}).ok);
  EXPECT_THAT(Decode({}).bytes, HasSubstr("needs a mode, strict or lenient"));
  EXPECT_FALSE(Call(koeru_sdp_decode, "\x01").ok);
}

TEST(KoeruSdpDecode, BytesThatAreNoUtf8BecomeReplacementCharacters) {
  EXPECT_EQ(Decode({"strict", "s=\xFF"}).bytes, "[{\"value\":\"\xEF\xBF\xBD\"}]");
}

TEST(KoeruSdpEncode, MakesALine) {
  const Output line =
      Encode({"rtpmap", "payloadType", "96", "encodingName", "VP8", "clockRate", "90000"});
  EXPECT_TRUE(line.ok);
  EXPECT_EQ(line.bytes, "a=rtpmap:96 VP8/90000");
  EXPECT_EQ(Encode({"rtcp-mux"}).bytes, "a=rtcp-mux");
  EXPECT_EQ(Encode({"rtcp-mux", "", "true"}).bytes, "a=rtcp-mux");
  EXPECT_EQ(Encode({"t=", "startTime", "0", "stopTime", "0"}).bytes, "t=0 0");
}

TEST(KoeruSdpEncode, SaysWhichFieldIsWrong) {
  const Output missing = Encode({"group", "mids[0]", "0"});
  EXPECT_FALSE(missing.ok);
  EXPECT_EQ(missing.bytes,
            R"({"reason":"is missing: give it a value","offset":0,"field":"semantics"})");
  EXPECT_EQ(Encode({"group", "semantics", "LS", "mids[0]", "a", "mids[1]", "b c"}).bytes,
            R"({"reason":"is a token: letters, digits and !#$%&'*+-.^_`{|}~","offset":1,)"
            R"("field":"mids[1]"})");
}

TEST(KoeruSdpEncode, RefusesUnknownNamesAndHalfPairs) {
  EXPECT_THAT(Encode({"x-vendor", "", "1"}).bytes, HasSubstr("no such line or attribute is known"));
  EXPECT_THAT(Encode({"mid", ""}).bytes, HasSubstr("path and value in pairs"));
  EXPECT_FALSE(Encode({}).ok);
}

}  // namespace
}  // namespace koeru::wasm
