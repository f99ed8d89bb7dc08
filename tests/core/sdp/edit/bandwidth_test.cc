#include "core/sdp/edit/bandwidth.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

DocumentEdit Set(std::string_view type, std::string_view bandwidth, size_t section = 1) {
  return [=](Document& document) { return SetBandwidth(document, section, type, bandwidth); };
}

TEST(SdpSetBandwidth, StandsBehindConnectionAndInFrontOfKeyAndAttributes) {
  EXPECT_EQ(
      Edited("m=audio 9 RTP/AVP 0\r\ni=x\r\nc=IN IP4 192.0.2.1\r\nk=prompt\r\na=y\r\n",
             Set("TIAS", "64000")),
      "m=audio 9 RTP/AVP 0\r\ni=x\r\nc=IN IP4 192.0.2.1\r\nb=TIAS:64000\r\nk=prompt\r\na=y\r\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\na=y\nc=IN IP4 192.0.2.1\n", Set("AS", "64")),
            "m=audio 9 RTP/AVP 0\nb=AS:64\na=y\nc=IN IP4 192.0.2.1\n");
  EXPECT_EQ(Edited("v=0\no=x\ns=-\nt=0 0\na=z\n", Set("CT", "1", 0)),
            "v=0\no=x\ns=-\nb=CT:1\nt=0 0\na=z\n");
}

TEST(SdpSetBandwidth, ReplacesTheOneOfItsTypeAndStandsBehindOthers) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\nb=AS:1\nb=TIAS:2\n", Set("as", "64")),
            "m=audio 9 RTP/AVP 0\nb=AS:64\nb=TIAS:2\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\nb=AS:1\na=x\n", Set("TIAS", "2")),
            "m=audio 9 RTP/AVP 0\nb=AS:1\nb=TIAS:2\na=x\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\nb=AS:1\nb=X-Y:2\nb=AS:3\n", Set("AS", "4")),
            "m=audio 9 RTP/AVP 0\nb=AS:4\nb=X-Y:2\n");
}

TEST(SdpSetBandwidth, GoesWhenItIsEmpty) {
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\nb=AS:1\nb=TIAS:2\n", Set("AS", "")),
            "m=audio 9 RTP/AVP 0\nb=TIAS:2\n");
  EXPECT_EQ(Edited("m=audio 9 RTP/AVP 0\n", Set("AS", "")), "m=audio 9 RTP/AVP 0\n");
}

TEST(SdpSetBandwidth, RefusesWhatIsNoWholeNumberOrType) {
  for (const std::string_view bad :
       {"1.5", "-1", "1k", " 1", "01", "99999999999999999999", "1\r\na=x"}) {
    EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Set("AS", bad)), StartsWith("bandwidth: ")) << bad;
  }
  for (const std::string_view bad : {"", "A S", "AS:", "AS\n"}) {
    EXPECT_THAT(Edited("m=audio 9 RTP/AVP 0\n", Set(bad, "1")), StartsWith("type: ")) << bad;
  }
}

TEST(SdpSetBandwidth, AddsOneLineToEachSectionOfABrowsersOffer) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const std::string offer = Vector(browser + "_video_offer");
    const std::string edited = Edited(offer, Set("AS", "500", kEveryMediaSection));
    EXPECT_THAT(Changes(offer, edited), ElementsAre("+b=AS:500", "+b=AS:500"));
    EXPECT_EQ(Edited(edited, Set("AS", "", kEveryMediaSection)), offer);
  }
}

}  // namespace
}  // namespace koeru::sdp
