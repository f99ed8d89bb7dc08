// How RTP is packed, and what its numbers mean.

#include <gtest/gtest.h>

#include "core/sdp/attributes/extmap.h"
#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/imageattr.h"
#include "core/sdp/attributes/packet_time.h"
#include "core/sdp/attributes/rtcp.h"
#include "core/sdp/attributes/rtcp_fb.h"
#include "core/sdp/attributes/rtcp_xr.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/attributes/x_google_flag.h"
#include "tests/core/sdp/rewrite.h"

namespace koeru::sdp {
namespace {

TEST(SdpRtpAttributes, Rfc8866_6_6_Rtpmap) {
  const auto map = Decode<Rtpmap>("98 L16/11025/2", Mode::kStrict);
  EXPECT_EQ(map->payload_type, 98);
  EXPECT_EQ(map->encoding_name, "L16");
  EXPECT_EQ(map->clock_rate, 11025u);
  EXPECT_EQ(map->encoding_parameters, "2");
  ExpectKept("a=rtpmap:127 x/1");
  ExpectLenient("a=rtpmap:96 L16/8000/0", "21 encodingParameters", "a=rtpmap:96 L16/8000/0");
  ExpectLenient("a=rtpmap:96  L16/08000", "12 encodingName", "a=rtpmap:96 L16/8000");
  ExpectRefused("a=rtpmap:128 x/1", "9 payloadType");
  ExpectRefused("a=rtpmap:96 x/0", "14 clockRate");
  ExpectRefused("a=rtpmap:96 opus", "16 expected '/'");
  ExpectRefused("a=rtpmap:96 a,b/1", "13 expected '/'");
}

TEST(SdpRtpAttributes, Rfc8866_6_15_FmtpKeepsParametersExactly) {
  const auto fmtp = Decode<Fmtp>("97 apt=96; x==; title=\"a;b\";z", Mode::kStrict);
  ASSERT_EQ(fmtp->parameters.size(), 4u);
  EXPECT_EQ(fmtp->parameters[0].value, "96");
  EXPECT_EQ(fmtp->parameters[1].spacing, " ");
  EXPECT_EQ(fmtp->parameters[1].value, "=");
  EXPECT_EQ(fmtp->parameters[2].value, "\"a;b\"");
  EXPECT_EQ(fmtp->parameters[3].value, std::nullopt);
  ExpectKept("a=fmtp:111 minptime=10;useinbandfec=1");
  ExpectKept("a=fmtp:101 0-15");
  ExpectKept("a=fmtp:63 111/111");
  ExpectKept("a=fmtp:120 max-fs=12288;;max-fr=60;");
  ExpectKept("a=fmtp:96 a=\"b;c");  // a quotation mark without a partner
  ExpectRefused("a=fmtp:96", "9 expected a space");
  EXPECT_EQ(Rewrite("a=fmtp:96  ", Mode::kStrict), "11 parameters: expected parameters");
  ExpectRefused(std::string_view("a=fmtp:96 a=\0", 13), "12 nothing more");
}

TEST(SdpRtpAttributes, FmtpIsNotWrittenSoThatQuotationMarksPairAcrossParameters) {
  const Fmtp fmtp{"96", {{"", "a", "\""}, {"", "b", "\""}}};
  EXPECT_EQ(Encode(fmtp).error().field, "parameters[1].value");
  EXPECT_EQ(*Encode(Fmtp{"96", {{"", "a", "\"x\""}, {"", "b", "\""}}}), "96 a=\"x\";b=\"");
}

TEST(SdpRtpAttributes, Rfc3605_2_1_Rtcp) {
  const auto rtcp = Decode<Rtcp>("53020 IN IP4 126.16.64.4", Mode::kStrict);
  EXPECT_EQ(rtcp->port, 53020);
  EXPECT_EQ(rtcp->address, "126.16.64.4");
  ExpectKept("a=rtcp:53020");
  ExpectRefused("a=rtcp:9 IN IP4", "15 expected a space");
  ExpectRefused("a=rtcp:65536", "7 port");
}

TEST(SdpRtpAttributes, Rfc4585_4_2_RtcpFeedback) {
  const auto feedback = Decode<RtcpFeedback>("* ccm tmmbr smaxpr=120", Mode::kStrict);
  EXPECT_EQ(feedback->payload_type, "*");
  EXPECT_EQ(feedback->type, "ccm");
  EXPECT_EQ(feedback->parameter, "tmmbr smaxpr=120");
  ExpectKept("a=rtcp-fb:96 transport-cc");
  ExpectLenient("a=rtcp-fb:96 x.y", "14 nothing more", "a=rtcp-fb:96 x.y");
  ExpectRefused("a=rtcp-fb:x nack", "10 payloadType");
  ExpectRefused("a=rtcp-fb:96", "12 expected a space");
}

TEST(SdpRtpAttributes, Rfc3611_5_1_RtcpXr) {
  const auto xr = Decode<RtcpXr>("rcvr-rtt=all:10 voip-metrics", Mode::kStrict);
  ASSERT_EQ(xr->formats.size(), 2u);
  EXPECT_EQ(xr->formats[0].value, "all:10");
  ExpectKept("a=rtcp-xr:");
  ExpectLenient("a=rtcp-xr: ", "10 formats[0].name", "a=rtcp-xr:");
  ExpectRefused("a=rtcp-xr:a=", "12 formats[0].value");
  ExpectRefused("a=rtcp-xr", "9 expected ':'");
}

TEST(SdpRtpAttributes, Rfc8285_5_Extmap) {
  const auto extmap = Decode<Extmap>("4/recvonly http://example.com/x short", Mode::kStrict);
  EXPECT_EQ(extmap->id, 4u);
  EXPECT_EQ(extmap->direction, "recvonly");
  EXPECT_EQ(extmap->attributes, "short");
  for (const std::string_view id : {"1", "255", "4096", "4351"}) {
    ExpectKept("a=extmap:" + std::string(id) + " urn:x");
  }
  for (const std::string_view id : {"0", "256", "4095", "4352", "99999"}) {
    const std::string line = "a=extmap:" + std::string(id) + " urn:x";
    ExpectLenient(line, "9 id", line);
  }
  ExpectLenient("a=extmap:1/RecvOnly urn:x", "11 direction", "a=extmap:1/RecvOnly urn:x");
  ExpectLenient("a=extmap:1 urn:<x>", "15 nothing more", "a=extmap:1 urn:<x>");
  ExpectRefused("a=extmap:100000 urn:x", "9 id");
  ExpectRefused("a=extmap:1", "10 expected a space");
}

TEST(SdpRtpAttributes, Rfc8866_6_4_TimesAreDecimalsWithoutSuperfluousZeros) {
  EXPECT_EQ(Decode<Ptime>("20", Mode::kStrict)->milliseconds, "20");
  EXPECT_EQ(Decode<Maxptime>("0.5", Mode::kStrict)->milliseconds, "0.5");
  EXPECT_EQ(Decode<Framerate>("29.97", Mode::kStrict)->frames_per_second, "29.97");
  for (const std::string_view number : {"0", "020", "20.0", "0.0", "00.5"}) {
    const std::string line = "a=ptime:" + std::string(number);
    ExpectLenient(line, "8 expected a number", line);
    EXPECT_FALSE(Encode(Ptime{number}, Mode::kStrict).ok());
  }
  for (const std::string_view number : {"", ".5", "20.", "-1", "x"}) {
    EXPECT_FALSE(Decode<Ptime>(number).ok()) << number;
    EXPECT_FALSE(Encode(Ptime{number}).ok()) << number;
  }
}

TEST(SdpRtpAttributes, Framesize) {
  const auto size = Decode<Framesize>("96 176-144", Mode::kStrict);
  EXPECT_EQ(size->width, 176u);
  EXPECT_EQ(size->height, 144u);
  ExpectRefused("a=framesize:96 176x144", "18 expected '-'");
}

TEST(SdpRtpAttributes, Rfc6236_3_1_Imageattr) {
  const auto image = Decode<Imageattr>(
      "97 send [x=800,y=640,sar=1.1,q=0.6] [x=480,y=320] recv [x=330,y=250]", Mode::kStrict);
  ASSERT_EQ(image->directions.size(), 2u);
  ASSERT_EQ(image->directions[0].sets.size(), 2u);
  EXPECT_EQ(image->directions[0].sets[0].parameters[3].value, "0.6");
  ExpectKept("a=imageattr:* recv * send [x=[480:16:800],y=[320:16:640],par=[1.2-1.3]]");
  ExpectLenient("a=imageattr:97  recv [ x=1, y=2]", "15 directions[0].direction",
                "a=imageattr:97 recv [x=1,y=2]");
  ExpectLenient("a=imageattr:97 recv [y=1,x=2]", "27 directions[0].sets[0]",
                "a=imageattr:97 recv [y=1,x=2]");
  ExpectLenient("a=imageattr:97 recv [x=a,y=1]", "23 directions[0].sets[0][0].value",
                "a=imageattr:97 recv [x=a,y=1]");
  ExpectRefused("a=imageattr:97 send", "19 directions[0]: expected ' ['");
  ExpectRefused("a=imageattr:97 send [x=1,y=2", "28 directions[0].sets[0]: expected ']'");
  ExpectRefused("a=imageattr:97 send * send *", "");
  ExpectRefused("a=imageattr:97 send * recv * send *", "28 nothing more");
}

TEST(SdpRtpAttributes, PropertyAttributesStandAlone) {
  EXPECT_TRUE(TypedLine(Line("a=rtcp-mux", LineEnding::kNone)).As<RtcpMux>().ok());
  ExpectKept("a=extmap-allow-mixed");
  ExpectKept("a=rtcp-rsize");
  ExpectRefused("a=rtcp-mux:", "10 stands alone");
  ExpectRefused("a=sendrecv:1", "10 stands alone");
  EXPECT_EQ(*EncodeLine(BundleOnly{}), "a=bundle-only");
}

TEST(SdpRtpAttributes, XGoogleFlag) {
  EXPECT_EQ(Decode<XGoogleFlag>("conference", Mode::kStrict)->flag, "conference");
  ExpectRefused("a=x-google-flag:", "16 ");
}

}  // namespace
}  // namespace koeru::sdp
