#include "core/sdp/edit/simulcast.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

DocumentEdit Set(std::string_view direction, std::vector<SimulcastStream> streams,
                 size_t section = 1) {
  return [=](Document& document) { return SetSimulcast(document, section, direction, streams); };
}

constexpr std::string_view kVideo =
    "m=video 9 RTP/AVP 96\na=extmap:1 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n"
    "a=rtpmap:96 VP8/90000\na=sendrecv\n";

TEST(SdpSetSimulcast, WritesRidsAndTheLineThatNamesThem) {
  EXPECT_EQ(Edited(kVideo, Set("send", {{"f", ""}, {"h", "pt=96;max-width=640"}, {"~q", ""}})),
            std::string(kVideo) +
                "a=rid:f send\n"
                "a=rid:h send pt=96;max-width=640\n"
                "a=rid:q send\n"
                "a=simulcast:send f;h;~q\n");
}

TEST(SdpSetSimulcast, ReplacesItsDirectionAndKeepsTheOther) {
  constexpr std::string_view kText =
      "m=video 9 RTP/AVP 96\n"
      "a=rid:1 send\n"
      "a=rid:2 recv max-fps=15\n"
      "a=x\n"
      "a=rid:3 send\n"
      "a=simulcast:send 1;3 recv 2\n";
  EXPECT_EQ(Edited(kText, Set("send", {{"h", ""}})),
            "m=video 9 RTP/AVP 96\n"
            "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n"
            "a=rid:h send\n"
            "a=rid:2 recv max-fps=15\n"
            "a=x\n"
            "a=simulcast:send h recv 2\n");
  EXPECT_EQ(Edited(kText, Set("send", {})),
            "m=video 9 RTP/AVP 96\n"
            "a=rid:2 recv max-fps=15\n"
            "a=x\n"
            "a=simulcast:recv 2\n");
  EXPECT_THAT(Edited(kText, Set("send", {{"2", ""}})),
              StartsWith("rid: the other direction has a stream \"2\""));
}

TEST(SdpSetSimulcast, GoesWhenNoStreamIsLeft) {
  const std::string with = Edited(kVideo, Set("recv", {{"a", ""}, {"b", ""}}));
  EXPECT_THAT(with, HasSubstr("a=simulcast:recv a;b\n"));
  EXPECT_EQ(Edited(with, Set("recv", {})), kVideo);
  EXPECT_EQ(Edited(kVideo, Set("recv", {})), kVideo);
}

TEST(SdpSetSimulcast, ALineOfDraft03BecomesOneOfTheRfc) {
  EXPECT_EQ(Edited("m=video 9 RTP/AVP 96\na=simulcast: send rid=1;2\n", Set("send", {{"1", ""}})),
            "m=video 9 RTP/AVP 96\na=extmap:1 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n"
            "a=rid:1 send\na=simulcast:send 1\n");
}

TEST(SdpSetSimulcast, RefusesWhatRfc8851And8853Do) {
  EXPECT_THAT(Edited(kVideo, Set("both", {})), StartsWith("direction: "));
  for (const std::string_view bad : {"", "~", "a b", "a;b", "a,b", "~~a"}) {
    EXPECT_THAT(Edited(kVideo, Set("send", {{bad, ""}})), StartsWith("rid: ")) << bad;
  }
  EXPECT_THAT(Edited(kVideo, Set("send", {{"a", ""}, {"~a", ""}})), StartsWith("rid: two streams"));
  EXPECT_THAT(Edited(kVideo, Set("send", {{"a", "pt=97"}})), StartsWith("restrictions: "));
  EXPECT_THAT(
      Edited("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n", Set("send", {{"a", ""}})),
      StartsWith("section: only video and audio over RTP"));
  EXPECT_THAT(Edited("m=text 9 RTP/AVP 96\n", Set("send", {{"a", ""}})), StartsWith("section: "));
  EXPECT_THAT(Edited(kVideo, Set("send", {{"a", ""}}, 0)), StartsWith("section: "));
}

TEST(SdpSetSimulcast, TheSameStreamsLeaveABrowsersOfferAsItIs) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const std::string offer = Vector(browser + "_simulcast_offer");
    EXPECT_EQ(Edited(offer, Set("send", {{"q", ""}, {"h", ""}, {"f", ""}})), offer);
    const std::string none = Edited(offer, Set("send", {}));
    EXPECT_THAT(Changes(offer, none),
                ::testing::ElementsAre("-a=rid:q send", "-a=rid:h send", "-a=rid:f send",
                                       "-a=simulcast:send q;h;f"));
  }
}

}  // namespace
}  // namespace koeru::sdp
