#include "core/sdp/diff/session_diff.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/diff/diff_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Origins(const std::string& before, const std::string& after) {
  return Messages("o=" + before + '\n', "o=" + after + '\n');
}

TEST(SdpSessionDiff, SaysByHowMuchTheVersionGrew) {
  EXPECT_THAT(Origins("- 5 2 IN IP4 0.0.0.0", "- 5 4 IN IP4 0.0.0.0"),
              ElementsAre("The session version grew by 2."));
  EXPECT_THAT(Origins("- 5 4 IN IP4 0.0.0.0", "- 5 2 IN IP4 0.0.0.0"),
              ElementsAre("The session version went back by 2: it has to grow."));
  EXPECT_THAT(Origins("- 5 1 IN IP4 0.0.0.0", "- 5 10000000000000000000000 IN IP4 0.0.0.0"),
              ElementsAre("The session version is \"10000000000000000000000\" instead of \"1\"."));
}

TEST(SdpSessionDiff, TellsAnotherSessionAndAnotherAddress) {
  EXPECT_THAT(Origins("- 5 2 IN IP4 0.0.0.0", "me 6 2 IN IP4 192.0.2.1"),
              ElementsAre("The session id is \"6\" instead of \"5\": these are two sessions.",
                          "The user or the address of the o= line was changed."));
  EXPECT_THAT(Origins("bad", "worse"), ElementsAre("The o= line was changed."));
}

TEST(SdpSessionDiff, TellsGroupsBandwidthAndOtherLines) {
  EXPECT_THAT(Differences("s=a\nb=CT:1\na=group:BUNDLE 0\na=x\n",
                          "s=b\na=group:BUNDLE 0 1\na=group:LS 0\na=x\nt=0 0\n"),
              ElementsAre("group-changed -a=group:BUNDLE 0 +a=group:BUNDLE 0 1",
                          "group-added +a=group:LS 0", "bandwidth-removed -b=CT:1",
                          "line-changed -s=a +s=b", "line-added +t=0 0"));
}

TEST(SdpSessionDiff, WithoutMediaSectionsTheSessionTellsAll) {
  EXPECT_THAT(Differences("a=setup:active\n", "v=0\n"),
              ElementsAre("setup-removed -a=setup:active", "line-added +v=0"));
}

}  // namespace
}  // namespace koeru::sdp
