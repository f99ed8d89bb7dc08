#include "core/sdp/edit/codecs.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Names = std::vector<std::string_view>;

DocumentEdit Reorder(Names names, size_t section = 1) {
  return [=](Document& document) { return ReorderCodecs(document, section, names); };
}
DocumentEdit Remove(Names names, size_t section = 1) {
  return [=](Document& document) { return RemoveCodecs(document, section, names); };
}
DocumentEdit Keep(Names names, size_t section = 1) {
  return [=](Document& document) { return KeepCodecs(document, section, names); };
}

constexpr std::string_view kVideo =
    "v=0\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 102\r\n"
    "a=mid:0\r\n"
    "a=rtpmap:96 VP8/90000\r\n"
    "a=rtcp-fb:96 nack pli\r\n"
    "a=rtpmap:97 rtx/90000\r\n"
    "a=fmtp:97 apt=96\r\n"
    "a=rtpmap:98 H264/90000\r\n"
    "a=fmtp:98 packetization-mode=1\r\n"
    "a=rtpmap:99 rtx/90000\r\n"
    "a=fmtp:99 apt=98\r\n"
    "a=rtpmap:100 red/90000\r\n"
    "a=rtpmap:101 rtx/90000\r\n"
    "a=fmtp:101 apt=100\r\n"
    "a=rtpmap:102 ulpfec/90000\r\n";

constexpr std::string_view kAudio =
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 13\n"
    "a=rtpmap:111 opus/48000/2\n"
    "a=fmtp:111 useinbandfec=1\n"
    "a=rtpmap:63 red/48000/2\n"
    "a=fmtp:63 111/111\n"
    "a=ptime:20\n";

TEST(SdpReorderCodecs, PutsTheNamedCodecInFrontAndItsRtxBehindIt) {
  EXPECT_THAT(Changes(kVideo, Edited(kVideo, Reorder({"h264"}))),
              ElementsAre("+m=video 9 UDP/TLS/RTP/SAVPF 98 99 96 97 100 101 102",
                          "-m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 102"));
}

TEST(SdpReorderCodecs, TakesSeveralNamesInTheOrderInWhichTheyAreGiven) {
  EXPECT_THAT(Edited(kVideo, Reorder({"102", "red/90000", "H264"})),
              HasSubstr("SAVPF 102 100 101 98 99 96 97\r\n"));
  EXPECT_THAT(Edited(kAudio, Reorder({"PCMU", "G722/8000/1"})), HasSubstr("SAVPF 0 9 111 63 13\n"));
}

TEST(SdpReorderCodecs, AnRtxThatIsNamedItselfStandsWhereItIsNamed) {
  EXPECT_THAT(Edited(kVideo, Reorder({"97", "VP8"})), HasSubstr("SAVPF 97 96 98 99 100 101 102"));
}

TEST(SdpReorderCodecs, KeepsOddSpacingOfTheMediaLine) {
  EXPECT_EQ(Edited("m=audio  9 RTP/AVP 0  8 9 \na=x", Reorder({"9"})),
            "m=audio  9 RTP/AVP 9  0 8 \na=x");
}

TEST(SdpReorderCodecs, SaysWhichCodecIsNotThere) {
  EXPECT_THAT(Edited(kVideo, Reorder({"VP8", "AV1"})),
              StartsWith("codec: there is no codec \"AV1\""));
  EXPECT_THAT(Edited(kVideo, Reorder({"H264/8000"})), StartsWith("codec: "));
  EXPECT_THAT(Edited(kVideo, Reorder({})), StartsWith("codec: names no codec"));
  EXPECT_THAT(Edited(kVideo, Reorder({"VP8"}, 2)),
              StartsWith("section: there is no media section 1"));
  EXPECT_THAT(Edited(kVideo, Reorder({"VP8"}, 0)),
              StartsWith("section: the section has no codecs"));
}

TEST(SdpRemoveCodecs, TakesACodecAwayWithAllThatSpeaksOfIt) {
  EXPECT_THAT(
      Changes(kVideo, Edited(kVideo, Remove({"VP8"}))),
      ElementsAre("+m=video 9 UDP/TLS/RTP/SAVPF 98 99 100 101 102",
                  "-m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 102", "-a=rtpmap:96 VP8/90000",
                  "-a=rtcp-fb:96 nack pli", "-a=rtpmap:97 rtx/90000", "-a=fmtp:97 apt=96"));
}

TEST(SdpRemoveCodecs, RedGoesWithTheOnlyCodecThatItCarries) {
  EXPECT_EQ(Edited(kAudio, Remove({"opus"})),
            "m=audio 9 UDP/TLS/RTP/SAVPF 9 0 13\n"
            "a=ptime:20\n");
  EXPECT_EQ(
      Edited("m=audio 9 RTP/AVP 63 0 8\na=rtpmap:63 red/8000\na=fmtp:63 0/8\n", Remove({"8"})),
      "m=audio 9 RTP/AVP 63 0\na=rtpmap:63 red/8000\na=fmtp:63 0\n");
}

TEST(SdpRemoveCodecs, FecAndRedOfAnythingStayUnlessTheyAreNamed) {
  EXPECT_THAT(Edited(kVideo, Remove({"H264"})), HasSubstr("SAVPF 96 97 100 101 102\r\n"));
  EXPECT_THAT(Edited(kVideo, Remove({"red", "ulpfec"})), HasSubstr("SAVPF 96 97 98 99\r\n"));
  EXPECT_THAT(Edited(kVideo, Remove({"rtx"})), HasSubstr("SAVPF 96 98 100 102\r\n"));
}

TEST(SdpRemoveCodecs, TheLastCodecIsAnErrorThatSaysHowToRejectTheSection) {
  const std::string error = Edited(kVideo, Remove({"VP8", "H264"}));
  EXPECT_THAT(error, HasSubstr("set the port in its m= line to 0"));
  EXPECT_EQ(Edited(kAudio, Remove({"opus", "0", "9"})), error);
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 101\na=rtpmap:101 telephone-event/8000\n", Remove({"101"})),
            error);
}

TEST(SdpRemoveCodecs, MendsRidAndSimulcastAndImageLines) {
  constexpr std::string_view kText =
      "m=video 9 RTP/SAVPF 96 98\r\n"
      "a=rtpmap:96 VP8/90000\r\n"
      "a=rtpmap:98 H264/90000\r\n"
      "a=imageattr:98 send [x=640,y=480]\r\n"
      "a=imageattr:* recv *\r\n"
      "a=rtcp-fb:* nack\r\n"
      "a=rid:h send pt=96,98;max-width=1280\r\n"
      "a=rid:l send pt=98\r\n"
      "a=rid:x send depend=l\r\n"
      "a=simulcast:send h,l;~x recv q\r\n";
  EXPECT_EQ(Edited(kText, Remove({"H264"})),
            "m=video 9 RTP/SAVPF 96\r\n"
            "a=rtpmap:96 VP8/90000\r\n"
            "a=imageattr:* recv *\r\n"
            "a=rtcp-fb:* nack\r\n"
            "a=rid:h send pt=96;max-width=1280\r\n"
            "a=simulcast:send h recv q\r\n");
}

TEST(SdpKeepCodecs, KeepsACodecWithItsRtxAndRedOfItAlone) {
  EXPECT_EQ(Edited(kVideo, Keep({"H264"})),
            "v=0\r\n"
            "m=video 9 UDP/TLS/RTP/SAVPF 98 99\r\n"
            "a=mid:0\r\n"
            "a=rtpmap:98 H264/90000\r\n"
            "a=fmtp:98 packetization-mode=1\r\n"
            "a=rtpmap:99 rtx/90000\r\n"
            "a=fmtp:99 apt=98\r\n");
  EXPECT_THAT(Edited(kAudio, Keep({"opus"})), StartsWith("m=audio 9 UDP/TLS/RTP/SAVPF 111 63\n"));
  EXPECT_THAT(Edited(kVideo, Keep({"vp8", "red", "rtx"})), HasSubstr("SAVPF 96 97 100 101\r\n"));
  EXPECT_THAT(Edited(kVideo, Keep({"97"})), StartsWith("codec: no codec would be left"));
}

TEST(SdpCodecs, EverySectionMeansThoseThatHaveOneOfTheCodecs) {
  const std::string both = std::string(kAudio) +
                           "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n" +
                           "m=video 9 RTP/SAVPF 96\na=rtpmap:96 VP8/90000\n";
  EXPECT_THAT(Edited(both, Keep({"PCMU", "VP8"}, kEveryMediaSection)),
              StartsWith("m=audio 9 UDP/TLS/RTP/SAVPF 0\n"));
  EXPECT_THAT(Edited(both, Reorder({"G722"}, kEveryMediaSection)),
              HasSubstr("SAVPF 9 111 63 0 13"));
  EXPECT_THAT(Edited(both, Keep({"PCMU", "H265"}, kEveryMediaSection)),
              StartsWith("codec: there is no codec \"H265\""));
  EXPECT_THAT(Edited(both, Remove({"opus", "VP8"}, kEveryMediaSection)),
              StartsWith("codec: no codec would be left"));
  EXPECT_THAT(Edited("v=0\n", Keep({"PCMU"}, kEveryMediaSection)),
              StartsWith("section: the description has no media section"));
}

TEST(SdpCodecs, AFormatThatStandsTwiceIsOneCodec) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0 8 0\n", Remove({"PCMU"})), "m=audio 9 RTP/AVP 8\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 8 0 9 0\n", Reorder({"0"})), "m=audio 9 RTP/AVP 0 0 8 9\n");
}

TEST(SdpCodecs, OffersOfBrowsersKeepOneVideoCodec) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const std::string offer = Vector(browser + "_simulcast_offer");
    const std::string edited = Edited(offer, Keep({"VP9"}, kEveryMediaSection));
    const auto list = CodecList::Of(Document::Parse(edited), 1);
    ASSERT_TRUE(list) << browser << edited;
    for (const Codec& codec : list->codecs()) EXPECT_TRUE(codec.Is("VP9") || codec.Is("rtx"));
    EXPECT_THAT(
        Changes(offer, edited),
        Contains("-a=rtpmap:" + std::string(browser == "chromium" ? "96" : "120") + " VP8/90000"));
    // Twice is the same as once.
    EXPECT_EQ(Edited(edited, Keep({"VP9"}, kEveryMediaSection)), edited);
  }
}

TEST(SdpCodecs, ALongLineTakesLinearTimeOrIsRefused) {
  std::string text = "m=audio 9 RTP/AVP";
  for (int i = 0; i < 200'000; ++i) text += " 0";
  EXPECT_THAT(Edited(text, Remove({"0"})), StartsWith("section: the section has no codecs"));
  const std::vector<std::string_view> many(100'000, "0");
  Document document = Document::Parse(kAudio);
  EXPECT_EQ(RemoveCodecs(document, 1, many)->reason, "names more than 128 codecs");
}

}  // namespace
}  // namespace koeru::sdp
