#include "core/sdp/edit/opus.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

DocumentEdit Set(std::vector<NameAndValue> settings, size_t section = 1) {
  return [=](Document& document) { return SetOpus(document, section, settings); };
}

constexpr std::string_view kAudio =
    "m=audio 9 RTP/AVP 111 0\n"
    "a=rtpmap:111 opus/48000/2\n"
    "a=fmtp:111 minptime=10;useinbandfec=1\n"
    "a=rtpmap:0 PCMU/8000\n"
    "a=sendrecv\n";

TEST(SdpSetOpus, WritesParametersAndPacketTimes) {
  EXPECT_EQ(Edited(kAudio, Set({{"stereo", "1"},
                                {"maxaveragebitrate", "64000"},
                                {"useinbandfec", "0"},
                                {"ptime", "40"},
                                {"maxptime", "60"}})),
            "m=audio 9 RTP/AVP 111 0\n"
            "a=rtpmap:111 opus/48000/2\n"
            "a=fmtp:111 minptime=10;useinbandfec=0;stereo=1;maxaveragebitrate=64000\n"
            "a=rtpmap:0 PCMU/8000\n"
            "a=ptime:40\n"
            "a=maxptime:60\n"
            "a=sendrecv\n");
}

TEST(SdpSetOpus, AnEmptyValueTakesASettingAway) {
  const std::string with = Edited(kAudio, Set({{"cbr", "1"}, {"ptime", "10"}}));
  EXPECT_EQ(Edited(with, Set({{"cbr", ""}, {"ptime", ""}})), kAudio);
  EXPECT_EQ(Edited(kAudio, Set({{"maxptime", ""}, {"usedtx", ""}})), kAudio);
}

TEST(SdpSetOpus, HoldsTheRangesOfRfc7587) {
  const std::vector<NameAndValue> good = {{"maxaveragebitrate", "6000"},
                                          {"maxaveragebitrate", "510000"},
                                          {"maxplaybackrate", "8000"},
                                          {"maxplaybackrate", "48000"},
                                          {"sprop-maxcapturerate", "16000"},
                                          {"ptime", "3"},
                                          {"ptime", "13"},
                                          {"maxptime", "120"},
                                          {"sprop-stereo", "0"},
                                          {"usedtx", "1"},
                                          {"minptime", "10"}};
  for (const NameAndValue& one : good) {
    EXPECT_THAT(Edited(kAudio, Set({one})), StartsWith("m=audio")) << one.name << one.value;
  }
  const std::vector<NameAndValue> bad = {{"maxaveragebitrate", "5999"},
                                         {"maxaveragebitrate", "510001"},
                                         {"maxplaybackrate", "7999"},
                                         {"maxplaybackrate", "96000"},
                                         {"stereo", "2"},
                                         {"stereo", "true"},
                                         {"ptime", "0"},
                                         {"ptime", "14"},
                                         {"maxptime", "125"},
                                         {"cbr", "01"},
                                         {"minptime", "121"}};
  for (const NameAndValue& one : bad) {
    EXPECT_THAT(Edited(kAudio, Set({one})), StartsWith(std::string(one.name) + ": is \""))
        << one.value;
  }
}

TEST(SdpSetOpus, PtimeIsNotLongerThanMaxptime) {
  EXPECT_THAT(Edited(kAudio, Set({{"ptime", "60"}, {"maxptime", "40"}})), StartsWith("ptime: "));
  const std::string with = std::string(kAudio) + "a=maxptime:40\n";
  EXPECT_THAT(Edited(with, Set({{"ptime", "60"}})), StartsWith("ptime: would be longer"));
  EXPECT_THAT(Changes(with, Edited(with, Set({{"ptime", "60"}, {"maxptime", ""}}))),
              ElementsAre("+a=ptime:60", "-a=maxptime:40"));
}

TEST(SdpSetOpus, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(Edited(kAudio, Set({{"bitrate", "1"}})),
              StartsWith("name: \"bitrate\" is no setting of Opus: those are stereo"));
  EXPECT_THAT(Edited(kAudio, Set({{"cbr", "1"}, {"cbr", "0"}})), StartsWith("cbr: is named twice"));
  EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Set({{"cbr", "1"}})),
              StartsWith("codec: there is no Opus"));
  EXPECT_THAT(Edited(kAudio, Set({})), StartsWith("name: "));
}

TEST(SdpSetOpus, ChangesOneLineOfABrowsersOffer) {
  const std::string chromium = Vector("chromium_video_offer");
  EXPECT_THAT(Changes(chromium, Edited(chromium, Set({{"stereo", "1"}}, kEveryMediaSection))),
              ElementsAre("+a=fmtp:111 minptime=10;useinbandfec=1;stereo=1",
                          "-a=fmtp:111 minptime=10;useinbandfec=1"));
  const std::string firefox = Vector("firefox_video_offer");
  EXPECT_THAT(Changes(firefox, Edited(firefox, Set({{"stereo", "0"}}, kEveryMediaSection))),
              ElementsAre("+a=fmtp:109 maxplaybackrate=48000;stereo=0;useinbandfec=1",
                          "-a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1"));
}

}  // namespace
}  // namespace koeru::sdp
