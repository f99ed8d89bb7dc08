#include "core/sdp/diff/diff.h"

#include <gmock/gmock.h>

#include <chrono>

#include "tests/core/sdp/diff/diff_checks.h"
#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SdpDiff, OfADescriptionWithItselfIsEmpty) {
  for (const std::string& name : VectorNames()) {
    EXPECT_THAT(Differences(Vector(name), Vector(name)), IsEmpty()) << name;
  }
}

TEST(SdpDiff, OrderOfAttributesSpacesAndLineEndingsAreNone) {
  EXPECT_THAT(Differences("v=0\r\nm=audio 9 RTP/AVP 0 101\r\na=mid:0\r\na=ptime:20\r\n"
                          "a=fmtp:101 0-15\r\na=rtpmap:101 telephone-event/8000\r\na=x: 1 2\r\n",
                          "v=0\nm=audio  9 RTP/AVP 0 101\na=rtpmap:101 Telephone-Event/8000/1\n"
                          "a=x:1   2\na=fmtp:101  0-15\n\na=ptime:20 \na=mid:0"),
              IsEmpty());
}

TEST(SdpDiff, TellsTheSessionFirstAndThenSectionsInOrder) {
  EXPECT_THAT(
      Differences("v=0\no=- 1 1 IN IP4 0.0.0.0\na=group:BUNDLE 0 1\n"
                  "m=audio 9 RTP/AVP 0\na=mid:0\nm=video 9 RTP/AVP 96\na=mid:1\n",
                  "v=0\no=- 1 2 IN IP4 0.0.0.0\na=group:BUNDLE 0\n"
                  "m=audio 9 RTP/AVP 0\na=mid:0\na=inactive\nm=video 0 RTP/AVP 96\na=mid:1\n"),
      ElementsAre("session-version-changed -o=- 1 1 IN IP4 0.0.0.0 +o=- 1 2 IN IP4 0.0.0.0",
                  "group-changed -a=group:BUNDLE 0 1 +a=group:BUNDLE 0",
                  "direction-changed 0 +a=inactive",
                  "media-rejected 1 -m=video 9 RTP/AVP 96 +m=video 0 RTP/AVP 96"));
}

TEST(SdpDiff, SectionsComeGoAndMove) {
  EXPECT_THAT(Differences("m=audio 9 RTP/AVP 0\na=mid:a\nm=video 9 RTP/AVP 96\na=mid:v\n",
                          "m=video 9 RTP/AVP 96\na=mid:v\nm=audio 9 RTP/AVP 0\na=mid:a\n"
                          "m=text 9 RTP/AVP 98\na=mid:t\n"),
              ElementsAre("media-moved 1 -m=audio 9 RTP/AVP 0 +m=audio 9 RTP/AVP 0",
                          "media-added 2 +m=text 9 RTP/AVP 98"));
  EXPECT_THAT(Messages("m=audio 9 RTP/AVP 0\na=mid:a\n", "v=0\n"),
              ElementsAre("The line \"v=\" was added.",
                          "The section \"audio\" with mid \"a\" was removed."));
}

TEST(SdpDiff, ASecondOfferOfABrowserThatRestartsIceSaysSo) {
  for (const std::string browser : {"chromium", "firefox"}) {
    const auto kinds =
        Differences(Vector(browser + "_data_offer"), Vector(browser + "_ice_restart_offer"));
    EXPECT_THAT(kinds, ::testing::Contains(::testing::StartsWith("session-version-changed")));
    EXPECT_THAT(kinds, ::testing::Contains(::testing::StartsWith("ice-restart 0 -a=ice-ufrag:")));
    for (const std::string& kind : kinds)
      EXPECT_THAT(kind, ::testing::Not(::testing::HasSubstr("fingerprint")));
  }
}

TEST(SdpDiff, TakesTwoLongDescriptionsInATimeThatGrowsLinearly) {
  std::string before = "m=audio 9 RTP/AVP 0\n";
  std::string after = before;
  for (int i = 0; i < 300'000; ++i) {
    before += "a=x:" + std::to_string(i) + '\n';
    after += "a=y:" + std::to_string(i) + '\n';
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Differences(before, after).size(), DiffReport::kMaxDifferences + 1);
  std::string sections;
  for (int i = 0; i < 100'000; ++i)
    sections += "m=audio 9 RTP/AVP 0\na=mid:" + std::to_string(i) + '\n';
  EXPECT_THAT(Differences(sections, sections), IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace koeru::sdp
