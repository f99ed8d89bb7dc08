#include "core/sdp/typed_line.h"

#include <gtest/gtest.h>

#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/lines/media.h"

namespace koeru::sdp {
namespace {

TypedLine Typed(std::string_view text) { return TypedLine(Line(text, LineEnding::kNone)); }

TEST(SdpTypedLine, FindsTheRowOfALine) {
  EXPECT_EQ(Typed("a=rtpmap:0 a/1").row()->name, "rtpmap");
  EXPECT_EQ(Typed("m=audio 9 x y").row()->name, "m=");
  EXPECT_EQ(Typed("a=rtcp-mux").row()->name, "rtcp-mux");
  EXPECT_EQ(Typed("a=rtcp-mux").value(), "");
  EXPECT_EQ(Typed("a=mid:a:b").value(), "a:b");
}

TEST(SdpTypedLine, HasNoRowForWhatIsUnknown) {
  for (const std::string_view text : {"", "a", "a=", "x=1", "a=x-vendor:1", "a=Rtpmap:1", "a=m=:1",
                                      "a=m=", "m =", "a= mid:0", "M=audio 9 x y"}) {
    EXPECT_EQ(Typed(text).row(), nullptr) << text;
    EXPECT_FALSE(Typed(text).As<Mid>().ok()) << text;
  }
}

TEST(SdpTypedLine, GivesTheStruct) {
  EXPECT_EQ(Typed("a=rtpmap:111 opus/48000").As<Rtpmap>()->encoding_name, "opus");
  EXPECT_EQ(Typed("m=audio 9 x y").As<Media>()->media, "audio");
  EXPECT_TRUE(Typed("a=rtcp-mux").As<RtcpMux>().ok());
}

TEST(SdpTypedLine, ErrorsCountFromTheStartOfTheLine) {
  const auto error = Typed("a=rtpmap:111 opus").As<Rtpmap>().error();
  EXPECT_EQ(error.offset, 17u);
  EXPECT_EQ(Typed("m=audio x").As<Media>().error().offset, 8u);
  EXPECT_EQ(Typed("a=mid:0").As<Rtpmap>().error().reason, "is no rtpmap line");
}

TEST(SdpTypedLine, AValueAttributeHasAColonAndAPropertyHasNone) {
  EXPECT_EQ(Typed("a=mid").As<Mid>().error().ToString(), "expected ':' and a value");
  EXPECT_EQ(Typed("a=mid").As<Mid>().error().offset, 5u);
  EXPECT_EQ(Typed("a=rtcp-mux:1").As<RtcpMux>().error().offset, 10u);
}

TEST(SdpTypedLine, WritesLines) {
  EXPECT_EQ(*EncodeLine(Rtpmap{111, "opus", 48000, "2"}), "a=rtpmap:111 opus/48000/2");
  EXPECT_EQ(*EncodeLine(Media{"audio", 9, {}, "RTP/AVP", {"0"}}), "m=audio 9 RTP/AVP 0");
  EXPECT_EQ(*EncodeLine(RtcpMux{}), "a=rtcp-mux");
  EXPECT_EQ(EncodeLine(Mid{"a b"}).error().offset, 1u);
}

TEST(SdpTypedLine, ARowReadsAndWritesWithoutKnowingTheStruct) {
  Decoder from("0", Mode::kStrict);
  EXPECT_EQ(*EncodeLine(*FindRow("mid"), from), "a=mid:0");
  Decoder bad("a b", Mode::kStrict);
  EXPECT_EQ(EncodeLine(*FindRow("mid"), bad).error().offset, 1u);
}

}  // namespace
}  // namespace koeru::sdp
