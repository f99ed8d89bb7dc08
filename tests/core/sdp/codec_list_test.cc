#include "core/sdp/codec_list.h"

#include <gmock/gmock.h>

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kAudio =
    "v=0\n"
    "m=audio 9 RTP/AVP 111 0 63 98 0\n"
    "a=rtpmap: 111 opus/48000/2\n"
    "a=fmtp:111 stereo=1\n"
    "a=rtpmap:63 red/48000/2\n"
    "a=fmtp:63 111/0\n"
    "a=rtpmap:98 rtx/48000\n"
    "a=fmtp:98 rtx-time=200; apt=111\n"
    "a=rtpmap:111 other/8000\n";

TEST(SdpCodecList, FollowsTheMediaLine) {
  const Document document = Document::Parse(kAudio);
  const auto list = CodecList::Of(document, 1);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->codecs().size(), 5u);
  EXPECT_EQ(list->media_line(), 1u);
  EXPECT_TRUE(list->codecs()[0].Is("OPUS"));
  EXPECT_EQ(list->codecs()[0].channels, "2");
  EXPECT_EQ(list->codecs()[0].rtpmap_line, 2u);
  EXPECT_EQ(list->codecs()[0].fmtp_line, 3u);
  EXPECT_EQ(list->codecs()[1].encoding_name, "PCMU");
  EXPECT_EQ(list->Find("0"), 1u);
  EXPECT_EQ(list->Find("97"), std::nullopt);
}

TEST(SdpCodecList, KnowsWhatRtxAndRedCarry) {
  const Document document = Document::Parse(kAudio);
  const auto list = CodecList::Of(document, 1);
  EXPECT_THAT(list->CarriedBy(document, 0), IsEmpty());
  EXPECT_THAT(list->CarriedBy(document, 2), ElementsAre("111", "0"));
  EXPECT_THAT(list->CarriedBy(document, 3), ElementsAre("111"));
  EXPECT_FALSE(list->codecs()[0].is_helper());
  EXPECT_TRUE(list->codecs()[2].is_helper());
}

TEST(SdpCodecList, IsOfMediaSectionsOverRtp) {
  EXPECT_FALSE(CodecList::Of(Document::Parse(kAudio), 0));
  EXPECT_FALSE(CodecList::Of(Document::Parse(kAudio), 2));
  EXPECT_FALSE(CodecList::Of(Document::Parse("m=application 9 UDP/DTLS/SCTP x\n"), 1));
  EXPECT_FALSE(CodecList::Of(Document::Parse("m=audio\n"), 1));
}

TEST(SdpCodecName, MatchesWithoutCaseAndAsMuchAsItSays) {
  const Document document = Document::Parse(kAudio);
  const Codec opus = CodecList::Of(document, 1)->codecs()[0];
  for (const std::string_view name : {"opus", "OPUS", "opus/48000", "Opus/48000/2", "111"}) {
    EXPECT_TRUE(CodecName(name).Matches(opus)) << name;
  }
  for (const std::string_view name : {"", "opu", "opus/8000", "opus/48000/1", "11", "/48000"}) {
    EXPECT_FALSE(CodecName(name).Matches(opus)) << name;
  }
  EXPECT_TRUE(CodecName("pcmu/8000/1").Matches(CodecList::Of(document, 1)->codecs()[1]));
}

TEST(SdpCodecList, RedHasNumbersBetweenSlashes) {
  EXPECT_THAT(RedFormats(" 111/0 "), ElementsAre("111", "0"));
  EXPECT_THAT(RedFormats("111"), ElementsAre("111"));
  for (const std::string_view bad : {"", "111/", "/1", "a=1", "0-15"}) {
    EXPECT_THAT(RedFormats(bad), IsEmpty()) << bad;
  }
}

}  // namespace
}  // namespace koeru::sdp
