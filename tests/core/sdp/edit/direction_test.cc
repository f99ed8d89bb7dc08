#include "core/sdp/edit/direction.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::StartsWith;

DocumentEdit Set(std::string_view direction, size_t section = 1) {
  return [=](Document& document) { return SetDirection(document, section, direction); };
}

TEST(SdpSetDirection, StandsWhereTheOldOneStood) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\r\na=sendrecv\r\na=mid:0\r\n", Set("recvonly")),
            "m=audio 9 RTP/AVP 0\r\na=recvonly\r\na=mid:0\r\n");
}

TEST(SdpSetDirection, ASecondOneGoes) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=inactive\na=x\na=sendonly\n", Set("inactive")),
            "m=audio 9 RTP/AVP 0\na=inactive\na=x\n");
}

TEST(SdpSetDirection, ANewOneStandsBehindTheMidOrAtTheEnd) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=mid:0\na=x\n", Set("inactive")),
            "m=audio 9 RTP/AVP 0\na=mid:0\na=inactive\na=x\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=x\n\n", Set("inactive")),
            "m=audio 9 RTP/AVP 0\na=x\na=inactive\n\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0", Set("inactive")), "m=audio 9 RTP/AVP 0\r\na=inactive");
}

TEST(SdpSetDirection, TheSessionHasOneOfItsOwn) {
  EXPECT_EQ(Edited("v=0\na=sendrecv\nm=audio 9 RTP/AVP 0\na=sendrecv\n", Set("recvonly", 0)),
            "v=0\na=recvonly\nm=audio 9 RTP/AVP 0\na=sendrecv\n");
}

TEST(SdpSetDirection, DataChannelsHaveNone) {
  constexpr std::string_view kText =
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nm=video 9 RTP/AVP 96\n";
  EXPECT_THAT(Edited(kText, Set("recvonly")), StartsWith("section: only a section of RTP"));
  EXPECT_EQ(Edited(kText, Set("recvonly", kEveryMediaSection)),
            std::string(kText) + "a=recvonly\n");
}

TEST(SdpSetDirection, RefusesOtherWords) {
  EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Set("SENDRECV")),
              StartsWith("direction: \"SENDRECV\""));
  EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Set("")), StartsWith("direction: "));
}

TEST(SdpSetDirection, ChangesOneLineOfABrowsersOffer) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const std::string offer = Vector(browser + "_audio_offer");
    EXPECT_THAT(Changes(offer, Edited(offer, Set("sendonly"))),
                ::testing::UnorderedElementsAre("+a=sendonly", "-a=sendrecv"));
    EXPECT_EQ(Edited(offer, Set("sendrecv")), offer);
  }
}

}  // namespace
}  // namespace koeru::sdp
