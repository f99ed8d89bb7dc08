#include "core/sdp/diff/facts.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/diff/diff_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kMedia = "m=audio 9 RTP/AVP 0\n";

std::vector<std::string> Lines(const std::string& before, const std::string& after) {
  return Differences(kMedia + before, kMedia + after);
}

TEST(SdpFacts, HeaderExtensionsAreKnownByTheirUri) {
  EXPECT_THAT(Lines("a=extmap:1 urn:a\na=extmap:2/sendonly urn:b\n",
                    "a=extmap:3 urn:a\na=extmap:1 urn:c\n"),
              ElementsAre("header-extension-changed 0 -a=extmap:1 urn:a +a=extmap:3 urn:a",
                          "header-extension-removed 0 -a=extmap:2/sendonly urn:b",
                          "header-extension-added 0 +a=extmap:1 urn:c"));
}

TEST(SdpFacts, CandidatesAreKnownByTheirTransportAddress) {
  EXPECT_THAT(Lines("a=candidate:1 1 udp 9 192.0.2.1 5000 typ host\n"
                    "a=candidate:2 1 udp 9 192.0.2.2 5000 typ host\n",
                    "a=candidate:1 1 UDP 8 192.0.2.1 5000 typ host\n"
                    "a=candidate:3 1 udp 9 192.0.2.3 5000 typ host\na=end-of-candidates\n"),
              ElementsAre("candidate-changed 0 -a=candidate:1 1 udp 9 192.0.2.1 5000 typ host "
                          "+a=candidate:1 1 UDP 8 192.0.2.1 5000 typ host",
                          "candidate-removed 0 -a=candidate:2 1 udp 9 192.0.2.2 5000 typ host",
                          "candidate-added 0 +a=candidate:3 1 udp 9 192.0.2.3 5000 typ host",
                          "end-of-candidates-added 0 +a=end-of-candidates"));
  EXPECT_THAT(Messages(kMedia, kMedia + "a=candidate:1 1 udp 9 192.0.2.1 5000 typ host\n"),
              ElementsAre("The ICE candidate \"host udp 192.0.2.1 5000 component 1\" was added."));
}

TEST(SdpFacts, FingerprintsAreComparedWithoutCase) {
  EXPECT_THAT(Lines("a=fingerprint:SHA-256 AB:CD\n", "a=fingerprint:sha-256 ab:cd\n"), IsEmpty());
  EXPECT_THAT(
      Lines("a=fingerprint:sha-256 AB:CD\na=setup:actpass\n",
            "a=fingerprint:sha-256 AB:CE\na=setup:active\n"),
      ElementsAre("fingerprint-changed 0 -a=fingerprint:sha-256 AB:CD +a=fingerprint:sha-256 AB:CE",
                  "setup-changed 0 -a=setup:actpass +a=setup:active"));
}

TEST(SdpFacts, TellsBandwidthStreamsAndSources) {
  EXPECT_THAT(Lines("b=AS:1\na=rid:1 send\na=simulcast:send 1\na=msid:s t\na=ssrc:1 cname:x\n"
                    "a=ssrc-group:FID 1 2\n",
                    "b=AS:2\nb=TIAS:9\na=rid:1 send max-fps=9\na=msid:s u\na=ssrc:1 cname:y\n"
                    "a=ssrc-group:FID 1 3\n"),
              ElementsAre("bandwidth-changed 0 -b=AS:1 +b=AS:2", "bandwidth-added 0 +b=TIAS:9",
                          "rid-changed 0 -a=rid:1 send +a=rid:1 send max-fps=9",
                          "simulcast-removed 0 -a=simulcast:send 1",
                          "msid-changed 0 -a=msid:s t +a=msid:s u",
                          "ssrc-changed 0 -a=ssrc:1 cname:x +a=ssrc:1 cname:y",
                          "ssrc-group-changed 0 -a=ssrc-group:FID 1 2 +a=ssrc-group:FID 1 3"));
}

TEST(SdpFacts, UnknownLinesAreComparedAsTheyAre) {
  EXPECT_THAT(
      Lines("a=x:1\na=y\na=z:1\na=z:2\ni=one\nwhat\n", "a=x:2\na=z:2\na=z:1\na=w\ni=two\nwhat?\n"),
      ElementsAre("attribute-changed 0 -a=x:1 +a=x:2", "attribute-removed 0 -a=y",
                  "attribute-added 0 +a=w", "line-changed 0 -i=one +i=two",
                  "line-changed 0 -what +what?"));
}

TEST(SdpFacts, TwoOfTheSameLineAreMoreThanOne) {
  EXPECT_THAT(Lines("a=x:1\na=x:1\n", "a=x:1\n"), ElementsAre("attribute-removed 0 -a=x:1"));
}

}  // namespace
}  // namespace koeru::sdp
