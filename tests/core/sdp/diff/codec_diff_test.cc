#include "core/sdp/diff/codec_diff.h"

#include <gmock/gmock.h>

#include "core/sdp/edit/codecs.h"

#include "tests/core/sdp/diff/diff_checks.h"
#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Section(std::string_view formats, std::string_view lines) {
  return "m=video 9 RTP/AVP " + std::string(formats) + '\n' + std::string(lines);
}

const std::string kBefore = Section("96 97 98 99",
                                    "a=rtpmap:96 VP8/90000\n"
                                    "a=rtcp-fb:96 nack\n"
                                    "a=rtpmap:97 rtx/90000\n"
                                    "a=fmtp:97 apt=96\n"
                                    "a=rtpmap:98 H264/90000\n"
                                    "a=fmtp:98 packetization-mode=1;profile-level-id=42e01f\n"
                                    "a=rtpmap:99 rtx/90000\n"
                                    "a=fmtp:99 apt=98\n");

TEST(SdpCodecDiff, OtherPayloadTypesForTheSameCodecsAreNoRemoval) {
  EXPECT_THAT(Messages(kBefore, Section("100 101 102 103",
                                        "a=rtpmap:100 vp8/90000\n"
                                        "a=rtcp-fb:100 nack\n"
                                        "a=rtpmap:101 rtx/90000\n"
                                        "a=fmtp:101 apt=100\n"
                                        "a=rtpmap:102 H264/90000\n"
                                        "a=fmtp:102 profile-level-id=42e01f; packetization-mode=1\n"
                                        "a=rtpmap:103 rtx/90000\n"
                                        "a=fmtp:103 apt=102\n")),
              ElementsAre("vp8/90000 has the payload type 100 instead of 96.",
                          "rtx/90000 has the payload type 101 instead of 97.",
                          "H264/90000 has the payload type 102 instead of 98.",
                          "rtx/90000 has the payload type 103 instead of 99."));
}

TEST(SdpCodecDiff, ARemovedCodecTakesItsLinesAlong) {
  Document document = Document::Parse(kBefore);
  const std::vector<std::string_view> vp8 = {"VP8"};
  ASSERT_FALSE(RemoveCodecs(document, 1, vp8));
  EXPECT_THAT(Differences(kBefore, document.ToString()),
              ElementsAre("codec-removed 0 -a=rtpmap:96 VP8/90000",
                          "codec-removed 0 -a=rtpmap:97 rtx/90000"));
  EXPECT_THAT(
      Differences(document.ToString(), kBefore),
      ElementsAre("codec-added 0 +a=rtpmap:96 VP8/90000", "codec-added 0 +a=rtpmap:97 rtx/90000"));
}

TEST(SdpCodecDiff, TellsOrderAndParameters) {
  std::string after = kBefore;
  after.replace(after.find("96 97 98 99"), 11, "98 99 96 97");
  EXPECT_THAT(Messages(kBefore, after),
              ElementsAre("The codecs have another order: H264/90000 is the first now, and "
                          "VP8/90000 was."));
  after = kBefore;
  after.replace(after.find("mode=1"), 6, "mode=0");
  EXPECT_THAT(Messages(kBefore, after),
              ElementsAre("The parameters of H264/90000 (98) were changed."));
  after = kBefore;
  after.replace(after.find("apt=98"), 6, "apt=96");
  EXPECT_THAT(Messages(kBefore, after),
              ElementsAre("The parameters of rtx/90000 (99) were changed."));
}

TEST(SdpCodecDiff, TwoOfOneNameAreToldApartByTheirParameters) {
  const std::string two = Section("96 97",
                                  "a=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=0\n"
                                  "a=rtpmap:97 H264/90000\na=fmtp:97 packetization-mode=1\n");
  const std::string swapped = Section("97 96",
                                      "a=rtpmap:97 H264/90000\na=fmtp:97 packetization-mode=0\n"
                                      "a=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=1\n");
  EXPECT_THAT(
      Differences(two, swapped),
      ElementsAre("payload-type-changed 0 -a=rtpmap:96 H264/90000 +a=rtpmap:97 H264/90000",
                  "payload-type-changed 0 -a=rtpmap:97 H264/90000 +a=rtpmap:96 H264/90000"));
}

TEST(SdpCodecDiff, StaticPayloadTypesAreCodecsWithAndWithoutTheirLine) {
  EXPECT_THAT(
      Differences("m=audio 9 RTP/AVP 0 8\n", "m=audio 9 RTP/AVP 0 8\na=rtpmap:0 PCMU/8000\n"),
      IsEmpty());
  EXPECT_THAT(Differences("m=audio 9 RTP/AVP 0 8\n", "m=audio 9 RTP/AVP 0\n"),
              ElementsAre("codec-removed 0 -m=audio 9 RTP/AVP 0 8"));
}

TEST(SdpCodecDiff, RedIsComparedByWhatItCarries) {
  EXPECT_THAT(Messages("m=audio 9 RTP/AVP 111 63\na=rtpmap:111 opus/48000/2\n"
                       "a=rtpmap:63 red/48000/2\na=fmtp:63 111/111\n",
                       "m=audio 9 RTP/AVP 112 63\na=rtpmap:112 opus/48000/2\n"
                       "a=rtpmap:63 red/48000/2\na=fmtp:63 112/112\n"),
              ElementsAre("opus/48000/2 has the payload type 112 instead of 111."));
}

TEST(SdpCodecDiff, FeedbackAndRidsAreComparedByCodec) {
  EXPECT_THAT(Differences("m=video 9 RTP/AVP 96\na=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack\n"
                          "a=rtcp-fb:* transport-cc\na=rid:1 send pt=96;max-fps=30\n"
                          "a=imageattr:96 send *\n",
                          "m=video 9 RTP/AVP 97\na=rtpmap:97 VP8/90000\na=rtcp-fb:97 nack pli\n"
                          "a=rtcp-fb:* transport-cc\na=rid:1 send pt=97;max-fps=30\n"
                          "a=imageattr:97 send *\n"),
              ElementsAre("payload-type-changed 0 -a=rtpmap:96 VP8/90000 +a=rtpmap:97 VP8/90000",
                          "feedback-removed 0 -a=rtcp-fb:96 nack",
                          "feedback-added 0 +a=rtcp-fb:97 nack pli"));
}

TEST(SdpCodecDiff, AnAnswerOfTheOtherBrowserIsComparedCodecByCodec) {
  const auto kinds = Differences(Vector("chromium_video_offer"), Vector("firefox_video_offer"));
  EXPECT_THAT(kinds, ::testing::Contains("payload-type-changed 1 -a=rtpmap:96 VP8/90000 "
                                         "+a=rtpmap:120 VP8/90000"));
  EXPECT_THAT(kinds, ::testing::Not(::testing::Contains(
                         ::testing::StartsWith("codec-removed 1 -a=rtpmap:96 VP8"))));
}

}  // namespace
}  // namespace koeru::sdp
