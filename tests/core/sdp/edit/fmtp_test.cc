#include "core/sdp/edit/fmtp.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

using Pairs = std::vector<NameAndValue>;
using Names = std::vector<std::string_view>;

DocumentEdit Set(std::string_view codec, Pairs pairs, size_t section = 1) {
  return [=](Document& document) { return SetFormatParameters(document, section, codec, pairs); };
}
DocumentEdit Remove(std::string_view codec, Names names, size_t section = 1) {
  return
      [=](Document& document) { return RemoveFormatParameters(document, section, codec, names); };
}

constexpr std::string_view kAudio =
    "m=audio 9 RTP/AVP 111 0 101\n"
    "a=rtpmap:111 opus/48000/2\n"
    "a=rtcp-fb:111 nack\n"
    "a=fmtp:111 minptime=10; useinbandfec=1\n"
    "a=rtpmap:101 telephone-event/8000\n"
    "a=fmtp:101 0-15\n"
    "a=ptime:20\n";

TEST(SdpSetFmtp, ChangesTheLineOfTheCodecOnly) {
  EXPECT_THAT(
      Changes(kAudio, Edited(kAudio, Set("OPUS/48000", {{"stereo", "1"}, {"minptime", "20"}}))),
      ElementsAre("+a=fmtp:111 minptime=20; useinbandfec=1; stereo=1",
                  "-a=fmtp:111 minptime=10; useinbandfec=1"));
}

TEST(SdpSetFmtp, ANewLineStandsBehindTheCodecsOwn) {
  EXPECT_EQ(Edited("m=video 9 RTP/AVP 96 97\n"
                   "a=rtpmap:96 VP9/90000\n"
                   "a=rtcp-fb:96 nack\n"
                   "a=rtpmap:97 VP9/90000\n"
                   "a=fmtp:97 profile-id=2\n"
                   "a=x\n",
                   Set("VP9", {{"max-fs", "3600"}})),
            "m=video 9 RTP/AVP 96 97\n"
            "a=rtpmap:96 VP9/90000\n"
            "a=rtcp-fb:96 nack\n"
            "a=fmtp:96 max-fs=3600\n"
            "a=rtpmap:97 VP9/90000\n"
            "a=fmtp:97 profile-id=2;max-fs=3600\n"
            "a=x\n");
}

TEST(SdpSetFmtp, AStaticPayloadTypeHasItsLineBehindTheOthers) {
  EXPECT_THAT(Changes(kAudio, Edited(kAudio, Set("PCMU", {{"x", ""}}))),
              ElementsAre("+a=fmtp:0 x"));
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=y\n\n", Set("0", {{"x", "1"}})),
            "m=audio 9 RTP/AVP 0\na=y\na=fmtp:0 x=1\n\n");
}

TEST(SdpSetFmtp, OfSeveralLinesTheOneThatHasTheParameterIsEdited) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=fmtp:0 a=1\na=fmtp:0 b=2\n",
                   Set("0", {{"b", "3"}, {"c", "4"}})),
            "m=audio 9 RTP/AVP 0\na=fmtp:0 a=1;b=3;c=4\na=fmtp:0 b=3\n");
}

TEST(SdpSetFmtp, RefusesListsAndWhatWouldBreakTheLine) {
  EXPECT_THAT(Edited(kAudio, Set("telephone-event", {{"x", "1"}})),
              StartsWith("codec: its a=fmtp line is a list"));
  EXPECT_THAT(Edited(kAudio, Set("H264", {{"x", "1"}})), StartsWith("codec: there is no codec"));
  EXPECT_THAT(Edited(kAudio, Set("opus", {})), StartsWith("name: "));
  for (const std::string_view bad : {"", "a b", "a=b", "a;b", "a\n", "\"a"}) {
    EXPECT_THAT(Edited(kAudio, Set("opus", {{bad, "1"}})), StartsWith("name: ")) << bad;
  }
  for (const std::string_view bad : {"1;2", "1\r\na=x", " 1", "1 ", "\"1"}) {
    EXPECT_THAT(Edited(kAudio, Set("opus", {{"a", bad}})), StartsWith("value: ")) << bad;
  }
  EXPECT_THAT(Edited(kAudio, Set("opus", Pairs(65, NameAndValue{"a", "1"}))), StartsWith("name: "));
}

TEST(SdpSetFmtp, WithAllSectionsAddsNoMoreThanAMegabyte) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "m=audio 9 RTP/AVP 0\n";
  const std::string long_value(4000, 'x');
  EXPECT_THAT(Edited(text, Set("0", {{"a", long_value}}, kEveryMediaSection)),
              StartsWith("section: this would add more than 1 MiB"));
}

TEST(SdpRemoveFmtp, TakesParametersAndTheLineWithTheLast) {
  EXPECT_THAT(Changes(kAudio, Edited(kAudio, Remove("opus", {"MINPTIME"}))),
              ElementsAre("+a=fmtp:111 useinbandfec=1", "-a=fmtp:111 minptime=10; useinbandfec=1"));
  EXPECT_THAT(Changes(kAudio, Edited(kAudio, Remove("opus", {"useinbandfec", "minptime", "x"}))),
              ElementsAre("-a=fmtp:111 minptime=10; useinbandfec=1"));
  EXPECT_EQ(Edited(kAudio, Remove("PCMU", {"x"})), kAudio);
  EXPECT_THAT(Edited(kAudio, Remove("opus", {})), StartsWith("name: "));
}

TEST(SdpWriteFmtp, WritesALine) {
  EXPECT_EQ(*WriteFmtp("111", Pairs{{"minptime", "10"}, {"cbr", ""}, {"x", "\"a;b\""}}),
            "a=fmtp:111 minptime=10;cbr;x=\"a;b\"");
  EXPECT_EQ(WriteFmtp("1 1", Pairs{{"a", "1"}}).error().field, "format");
  EXPECT_EQ(WriteFmtp("111", Pairs{}).error().field, "name");
  EXPECT_EQ(WriteFmtp("111", Pairs{{"a", "1;"}}).error().field, "value");
}

TEST(SdpSetFmtp, OffersOfBrowsersComeBackWhenTheParameterIsTakenAway) {
  for (const std::string& name : VectorNames()) {
    const std::string text = Vector(name);
    const std::string edited = Edited(text, Set("VP8", {{"x-test", "1"}}, kEveryMediaSection));
    if (text.find("VP8/90000") == std::string::npos) {
      EXPECT_THAT(edited, ::testing::AnyOf(StartsWith("codec: "), StartsWith("section: "))) << name;
      continue;
    }
    EXPECT_NE(edited, text) << name;
    EXPECT_EQ(Edited(edited, Remove("VP8", {"x-test"}, kEveryMediaSection)), text) << name;
  }
}

}  // namespace
}  // namespace koeru::sdp
