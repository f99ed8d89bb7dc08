#include "core/sdp/diff/codec_match.h"

#include <gmock/gmock.h>

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;

constexpr std::nullopt_t kNone = std::nullopt;

TEST(SdpCodecMatch, PrefersTheSameParametersThenTheSamePayloadTypeThenTheName) {
  const Document before = Document::Parse(
      "m=video 9 RTP/AVP 96 97 98\n"
      "a=rtpmap:96 H264/90000\na=fmtp:96 a=1\n"
      "a=rtpmap:97 H264/90000\na=fmtp:97 a=2\n"
      "a=rtpmap:98 VP8/90000\n");
  const Document after = Document::Parse(
      "m=video 9 RTP/AVP 97 99 100\n"
      "a=rtpmap:97 H264/90000\na=fmtp:97 A=1\n"
      "a=rtpmap:99 H264/90000\na=fmtp:99 a=3\n"
      "a=rtpmap:100 AV1/90000\n");
  const auto first = CodecList::Of(before, 1);
  const auto second = CodecList::Of(after, 1);
  const CodecMatch match(before, *first, after, *second);
  EXPECT_THAT(match.partners_of_before(), ElementsAre(0u, 1u, kNone));
  EXPECT_THAT(match.partners_of_after(), ElementsAre(0u, 1u, kNone));
  EXPECT_EQ(match.Translate("96"), "97");
  EXPECT_EQ(match.Translate("98"), "98");
  EXPECT_EQ(match.ParametersBefore(0), match.ParametersAfter(0));
  EXPECT_NE(match.ParametersBefore(1), match.ParametersAfter(1));
}

TEST(SdpCodecMatch, AFormatThatStandsTwiceHasTwoPartners) {
  const Document document = Document::Parse("m=audio 9 RTP/AVP 0 8 0\n");
  const auto list = CodecList::Of(document, 1);
  const CodecMatch match(document, *list, document, *list);
  EXPECT_THAT(match.partners_of_before(), ElementsAre(0u, 1u, 2u));
}

TEST(SdpCodecMatch, CodecsHaveAShortText) {
  const Document document =
      Document::Parse("m=audio 9 RTP/AVP 111 77\na=rtpmap:111 opus/48000/2\n");
  const auto list = CodecList::Of(document, 1);
  EXPECT_EQ(CodecText(list->codecs()[0]), "opus/48000/2");
  EXPECT_EQ(CodecText(list->codecs()[1]), "77");
}

}  // namespace
}  // namespace koeru::sdp
