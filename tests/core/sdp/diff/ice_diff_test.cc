#include "core/sdp/diff/ice_diff.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/diff/diff_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kMedia = "m=audio 9 RTP/AVP 0\n";
const std::string kOld = "a=ice-ufrag:old1\na=ice-pwd:password-of-22-letters\n";
const std::string kNew = "a=ice-ufrag:new1\na=ice-pwd:password-of-22-different\n";

TEST(SdpIceDiff, NewCredentialsAreARestart) {
  EXPECT_THAT(Differences(kMedia + kOld, kMedia + kNew),
              ElementsAre("ice-restart 0 -a=ice-ufrag:old1 +a=ice-ufrag:new1"));
  EXPECT_THAT(Messages(kMedia + kOld, kMedia + "a=ice-ufrag:old1\na=ice-pwd:other\n"),
              ElementsAre("ICE restarts: the ufrag was \"old1\" and stayed, with another password: "
                          "a restart changes both."));
}

TEST(SdpIceDiff, OfTheSessionIsToldOnce) {
  EXPECT_THAT(Differences(kOld + kMedia + kMedia, kNew + kMedia + kMedia),
              ElementsAre("ice-restart -a=ice-ufrag:old1 +a=ice-ufrag:new1"));
}

TEST(SdpIceDiff, WhetherSessionOrSectionSaysItIsTheSame) {
  EXPECT_THAT(Differences(kOld + kMedia, kMedia + kOld), IsEmpty());
  EXPECT_THAT(Differences(kOld + kMedia, kMedia + kNew),
              ElementsAre("ice-restart 0 -a=ice-ufrag:old1 +a=ice-ufrag:new1"));
}

TEST(SdpIceDiff, CredentialsComeAndGo) {
  EXPECT_THAT(Differences(kMedia, kMedia + kOld),
              ElementsAre("ice-credentials-added 0 +a=ice-ufrag:old1"));
  EXPECT_THAT(Differences(kMedia + kOld, kMedia),
              ElementsAre("ice-credentials-removed 0 -a=ice-ufrag:old1"));
}

}  // namespace
}  // namespace koeru::sdp
