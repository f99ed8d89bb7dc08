#include "core/sdp/checks/payload_types.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(PayloadTypes, AreNumbersUpTo127) {
  EXPECT_EQ(PayloadTypeOf("0"), 0);
  EXPECT_EQ(PayloadTypeOf("127"), 127);
  for (const char* bad : {"", "128", "-1", "1a", "99999999999999999999999"}) {
    EXPECT_EQ(PayloadTypeOf(bad), std::nullopt) << bad;
  }
}

TEST(PayloadTypes, Rfc3551_6_OnlySomeHaveAMeaningOfTheirOwn) {
  for (const size_t fixed : {0u, 34u, 72u, 76u}) EXPECT_FALSE(NeedsRtpmap(fixed)) << fixed;
  for (const size_t dynamic : {35u, 71u, 77u, 96u, 127u}) {
    EXPECT_TRUE(NeedsRtpmap(dynamic)) << dynamic;
  }
}

TEST(PayloadTypes, OneChannelGoesWithoutSaying) {
  const auto text_of = [](std::string_view line) {
    Rtpmap map;
    map.encoding_name = line.substr(line.find(' ') + 1, 4);
    if (line.find("/1") != line.npos) map.encoding_parameters = "1";
    return std::string(CodecText(line, map));
  };
  EXPECT_EQ(text_of("a=rtpmap:9 G722/8000/1"), "G722/8000");
  EXPECT_EQ(text_of("a=rtpmap:9 G722/8000 "), "G722/8000");
}

TEST(PayloadTypes, SomeCodecsAreAlwaysWrittenTheSame) {
  EXPECT_EQ(FixedCodecText("OPUS"), "opus/48000/2");
  EXPECT_EQ(FixedCodecText("L16"), "");
}

TEST(PayloadTypes, RtxIsKnownByItsName) {
  PayloadType type;
  EXPECT_FALSE(type.is_rtx());
  type.codec = "RTX/90000";
  EXPECT_TRUE(type.is_rtx());
}

}  // namespace
}  // namespace koeru::sdp
